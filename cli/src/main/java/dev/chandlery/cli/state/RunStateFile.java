package dev.chandlery.cli.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Json;
import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps {@link RunState} in {@code state/runs.json} of a cache folder; written under a lock, replaced at once. */
public final class RunStateFile {
    private static final String LAST_PUBLISH = "last_publish";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path folder;
    private final Path file;

    /** @param cache folder; made when something is added */
    public RunStateFile(Path cache) {
        this.folder = cache.resolve("state");
        this.file = folder.resolve("runs.json");
    }

    /**
     * The sums so far; a file that cannot be understood counts as none.
     *
     * @throws StorageException when the file cannot be read
     */
    public RunState read() {
        try {
            return parse(MAPPER.readTree(Files.readAllBytes(file)));
        } catch (NoSuchFileException | JsonProcessingException _) {
            return RunState.NONE; // sums are a convenience, and begin anew
        } catch (IOException e) {
            throw new StorageException("cannot read " + file + ": " + e, e);
        }
    }

    /**
     * Adds the sums of one run.
     *
     * @param published when it published something
     * @throws StorageException when the folder cannot be written
     */
    public void add(Map<Counter, Long> counts, Optional<Instant> published) {
        synchronized (RunStateFile.class) {
            try {
                Files.createDirectories(folder);
                try (FileChannel channel = FileChannel.open(folder.resolve("lock"),
                        StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock _ = channel.lock()) {
                    replace(read().plus(counts, published));
                }
            } catch (IOException e) {
                throw new StorageException("cannot write " + file + ": " + e, e);
            }
        }
    }

    private void replace(RunState state) throws IOException {
        ObjectNode node = Json.object();
        state.counts().forEach((counter, count) -> node.put(counter.label(), count));
        state.lastPublish().ifPresent(at -> node.put(LAST_PUBLISH, at.toString()));
        Path fresh = folder.resolve("runs.json.new");
        Files.writeString(fresh, Json.write(node) + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static RunState parse(JsonNode node) {
        SortedMap<Counter, Long> counts = new TreeMap<>();
        node.properties()
                .forEach(entry -> Counter.find(entry.getKey())
                        .ifPresent(
                                counter -> counts.put(counter, entry.getValue().asLong())));
        return new RunState(counts, instant(node.path(LAST_PUBLISH).asText("")));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty(); // as with a file that cannot be understood
        }
    }
}
