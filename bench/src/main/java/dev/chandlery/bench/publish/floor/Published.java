package dev.chandlery.bench.publish.floor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.bench.wire.Address;
import dev.chandlery.bench.wire.Connection;
import dev.chandlery.bench.wire.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is in some repositories, read from a registry that keeps referrers under tags: blobs in a folder,
 * manifests in memory.
 *
 * @param blobs of each repository, each once, the largest first
 * @param manifests children before those that name them, tags last
 */
public record Published(List<Blob> blobs, List<Put> manifests) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public Published {
        blobs = List.copyOf(blobs);
        manifests = List.copyOf(manifests);
    }

    /** A blob of a repository. */
    public record Blob(String repository, String digest, Path file, long size) {}

    /**
     * A manifest under one name.
     *
     * @param level 0 for those that name no manifests, 1 for indexes, 2 for tags
     */
    public record Put(String repository, String name, String type, String body, int level) {}

    /** Reads it. */
    public static Published read(Address registry, List<String> repositories, Path folder)
            throws IOException {
        List<Blob> blobs = new ArrayList<>();
        List<Put> puts = new ArrayList<>();
        try (Connection connection = Connection.open(registry, "")) {
            for (String repository : repositories) {
                Reading reading = new Reading(connection, registry, repository, folder);
                JsonNode tags = MAPPER.readTree(connection.get("/v2/" + repository + "/tags/list")
                        .expect(200, "list tags")
                        .text()).path("tags");
                for (JsonNode tag : tags) {
                    reading.manifest(tag.asText());
                }
                blobs.addAll(reading.blobs.values());
                puts.addAll(reading.puts.values());
            }
        }
        blobs.sort((a, b) -> Long.compare(b.size, a.size));
        puts.sort((a, b) -> Integer.compare(a.level, b.level));
        return new Published(blobs, puts);
    }

    /** Bytes of all blobs. */
    public long bytes() {
        return blobs.stream().mapToLong(Blob::size).sum();
    }

    /** One repository while it is read. */
    private static final class Reading {
        private final Connection connection;
        private final Address registry;
        private final String repository;
        private final Path folder;
        private final SortedMap<String, Blob> blobs = new TreeMap<>();
        private final SortedMap<String, Put> puts = new TreeMap<>();

        Reading(Connection connection, Address registry, String repository, Path folder) {
            this.connection = connection;
            this.registry = registry;
            this.repository = repository;
            this.folder = folder;
        }

        void manifest(String name) throws IOException {
            if (puts.containsKey(name)) {
                return;
            }
            Reply reply = connection.get("/v2/" + repository + "/manifests/" + name)
                    .expect(200, "get " + name);
            JsonNode json = MAPPER.readTree(reply.body());
            boolean index = json.has("manifests");
            boolean tag = !name.startsWith("sha256:");
            puts.put(name, new Put(repository, name, json.path("mediaType").asText(), reply.text(),
                    tag ? 2 : index ? 1 : 0));
            for (JsonNode child : json.path("manifests")) {
                manifest(child.path("digest").asText());
            }
            for (JsonNode layer : json.path("layers")) {
                blob(layer);
            }
            if (json.has("config")) {
                blob(json.path("config"));
            }
        }

        private void blob(JsonNode descriptor) throws IOException {
            String digest = descriptor.path("digest").asText();
            long size = descriptor.path("size").asLong();
            Path file = folder.resolve(digest.replace(':', '-'));
            if (!Files.exists(file)) {
                fetch(digest, file);
            }
            blobs.put(digest, new Blob(repository, digest, file, size));
        }

        private void fetch(String digest, Path file) throws IOException {
            HttpURLConnection http = (HttpURLConnection) URI.create(registry.url("/v2/" + repository
                    + "/blobs/" + digest)).toURL().openConnection();
            try (OutputStream out = Files.newOutputStream(file); var in = http.getInputStream()) {
                in.transferTo(out);
            }
        }
    }
}
