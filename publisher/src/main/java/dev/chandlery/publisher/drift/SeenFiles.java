package dev.chandlery.publisher.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What upstream's files hashed to when they were fetched last, with what their hosts said of them then, such as
 * an entity tag: a file of which the same is said today need not be fetched again. One small file for each.
 *
 * @param folder made when something is kept
 */
public record SeenFiles(Path folder) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Whether the address gave those bytes when the same was said of them. */
    boolean isSame(URI address, String validator, Digest digest) {
        Path file = file(address);
        try {
            JsonNode node = MAPPER.readTree(Files.readAllBytes(file));
            return node.path("address").asText("").equals(address.toString())
                    && node.path("validator").asText("").equals(validator)
                    && node.path("digest").asText("").equals(digest.toString());
        } catch (NoSuchFileException | JsonProcessingException _) {
            return false; // it is fetched anew
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e, e);
        }
    }

    void keep(URI address, String validator, Digest digest) {
        Path file = file(address);
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "file-", ".new");
            Files.writeString(fresh, MAPPER.createObjectNode()
                    .put("address", address.toString())
                    .put("validator", validator)
                    .put("digest", digest.toString())
                    .toString());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StorageException("cannot write " + file + ": " + e, e);
        }
    }

    private Path file(URI address) {
        return folder.resolve(Bytes.ofUtf8(address.toString()).digest().encoded() + ".json");
    }
}
