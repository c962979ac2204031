package dev.chandlery.cli.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Samples of the last days, a line each, in a file for each day (UTC) in {@code state/samples} of the cache
 * folder. Files that are older than the retention are removed when a new day begins.
 *
 * <p><b>Concurrency:</b> any number of programs append; a line is appended by one write.
 */
public final class SampleLog {
    /** Above which a day's file takes no more. */
    private static final long MOST_BYTES = 256L * 1024;
    private static final String SUFFIX = ".jsonl";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path folder;
    private final int days;

    /**
     * @param cache folder; made when something is added
     * @param days that samples are kept
     */
    public SampleLog(Path cache, int days) {
        this.folder = cache.resolve("state").resolve("samples");
        this.days = days;
    }

    /**
     * Writes a sample down.
     *
     * @throws StorageException when the folder cannot be written
     */
    public void add(Sample sample) {
        LocalDate today = LocalDate.ofInstant(sample.at(), ZoneOffset.UTC);
        Path file = folder.resolve(today + SUFFIX);
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                dropBefore(today.minusDays(days - 1L));
            } else if (Files.size(file) > MOST_BYTES) {
                return;
            }
            Files.write(file, (write(sample) + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new StorageException("cannot write " + file + ": " + e, e);
        }
    }

    /**
     * The samples that are kept, oldest day first; lines that cannot be understood are left out.
     *
     * @throws StorageException when the folder cannot be read
     */
    public List<Sample> read(Instant now) {
        LocalDate oldest = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(days - 1L);
        try {
            List<Sample> samples = new ArrayList<>();
            for (Path file : files()) {
                if (date(file).filter(day -> !day.isBefore(oldest)).isPresent() && Files.size(
                        file) <= 2 * MOST_BYTES) {
                    samples.addAll(samples(file));
                }
            }
            return samples;
        } catch (IOException e) {
            throw new StorageException("cannot read " + folder + ": " + e, e);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.sorted().toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    private void dropBefore(LocalDate oldest) throws IOException {
        for (Path file : files()) {
            if (date(file).filter(day -> day.isBefore(oldest)).isPresent()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static Optional<LocalDate> date(Path file) {
        String name = file.getFileName().toString();
        try {
            return name.endsWith(SUFFIX)
                    ? Optional.of(LocalDate.parse(name.substring(0, name.length() - SUFFIX
                            .length())))
                    : Optional.empty();
        } catch (DateTimeParseException _) {
            return Optional.empty(); // not one of ours
        }
    }

    private static List<Sample> samples(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return text.lines().flatMap(line -> read(line).stream()).toList();
    }

    private static String write(Sample sample) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("at", sample.at().toString());
        ObjectNode written = switch (sample) {
            case Sample.Health health -> node.put("kind", "health")
                    .put("up", health.up())
                    .put("ms", health.response().toMillis());
            case Sample.Pull pull -> node.put("kind", "pull")
                    .put("done", pull.done())
                    .put("ms", pull.duration().toMillis())
                    .put("hits", pull.hits())
                    .put("misses", pull.misses());
        };
        return written.toString();
    }

    private static Optional<Sample> read(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            Instant at = Instant.parse(node.path("at").asText());
            Duration took = Duration.ofMillis(node.path("ms").asLong());
            return switch (node.path("kind").asText()) {
                case "health" -> Optional.of(new Sample.Health(at, node.path("up").asBoolean(),
                        took));
                case "pull" -> Optional.of(new Sample.Pull(at, node.path("done").asBoolean(), took,
                        node.path("hits").asLong(), node.path("misses").asLong()));
                default -> Optional.empty();
            };
        } catch (JsonProcessingException | DateTimeParseException _) {
            return Optional.empty(); // cut by a full disk, or of a later version
        }
    }
}
