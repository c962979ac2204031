package dev.chandlery.upstream.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Answers of the API with their entity tags: an answer that did not change costs nothing of the rate limit.
 * They are not trusted for more than that: digests and names come from GitHub's 304 for that very tag.
 *
 * @param folder made when something is stored
 */
record StoredPages(Path folder) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * One answer.
     *
     * @param entityTag of the answer
     * @param link header with the next page; empty on the last one
     * @param body JSON
     */
    record Stored(String entityTag, String link, String body) {}

    Optional<Stored> find(URI uri) {
        Path file = file(uri);
        try {
            JsonNode node = MAPPER.readTree(Files.readAllBytes(file));
            String tag = node.path("etag").asText("");
            boolean same = node.path("uri").asText("").equals(uri.toString());
            return same && !tag.isEmpty()
                    ? Optional.of(new Stored(tag, node.path("link")
                            .asText(
                                    ""), node.path("body").asText("")))
                    : Optional.empty();
        } catch (NoSuchFileException | JsonProcessingException _) {
            return Optional.empty(); // the page is asked for anew
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e, e);
        }
    }

    void store(URI uri, Stored page) {
        Path file = file(uri);
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "page-", ".new");
            Files.writeString(fresh, MAPPER.createObjectNode()
                    .put("uri", uri.toString())
                    .put(
                            "etag", page.entityTag())
                    .put("link", page.link())
                    .put("body", page.body())
                    .toString());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StorageException("cannot write " + file + ": " + e, e);
        }
    }

    private Path file(URI uri) {
        return folder.resolve(Bytes.ofUtf8(uri.toString()).digest().encoded() + ".json");
    }
}
