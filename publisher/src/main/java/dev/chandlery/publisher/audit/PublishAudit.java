package dev.chandlery.publisher.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.ProgramVersion;
import dev.chandlery.config.operation.LoggingSpec;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.concurrent.RunId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The log of what was decided: one JSON object on a line, in a file {@code publish-DATE.jsonl} for each day
 * (UTC). A line is on the disk when {@link #write} returns. Files older than the retention are deleted when a
 * log is opened.
 *
 * <p><b>Concurrency:</b> thread-safe, also with other processes: a line is appended under the file's lock.
 */
public final class PublishAudit {
    private static final String PREFIX = "publish-";
    private static final String SUFFIX = ".jsonl";
    private static final int MOST_TEXT = 4000;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /** A process may lock a file only once. */
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final PublishAudit NONE = new PublishAudit(Path.of(""), Clock.systemUTC(), "");

    private final Path folder;
    private final Clock clock;
    private final String run;

    private PublishAudit(Path folder, Clock clock, String run) {
        this.folder = folder;
        this.clock = clock;
        this.run = run;
    }

    /**
     * As {@code logging} asks for; drops files that are too old.
     *
     * @throws StorageException when the log cannot be written, so that nothing is published unseen
     */
    public static PublishAudit open(LoggingSpec logging, Clock clock) {
        if (!logging.auditEnabled()) {
            return NONE;
        }
        PublishAudit audit = new PublishAudit(logging.auditFolder(), clock, RunId.current()
                .orElseGet(() -> UUID.randomUUID().toString()));
        try {
            Files.createDirectories(audit.folder);
            audit.append(new byte[0], audit.file(clock.instant()));
            audit.dropOld(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                    .minusDays(logging
                            .auditRetentionDays()));
            return audit;
        } catch (IOException e) {
            throw new StorageException("cannot write the audit log in " + audit.folder + ": " + e,
                    e);
        }
    }

    /**
     * Appends a line; when this returns it is on the disk.
     *
     * @throws StorageException when it cannot be written
     */
    public void write(Decision decision) {
        if (this == NONE) {
            return;
        }
        Instant now = clock.instant();
        try {
            append((line(decision, now) + "\n").getBytes(StandardCharsets.UTF_8), file(now));
        } catch (IOException e) {
            throw new StorageException("cannot write the audit log in " + folder + ": " + e, e);
        }
    }

    private Path file(Instant now) {
        return folder.resolve(PREFIX + LocalDate.ofInstant(now, ZoneOffset.UTC) + SUFFIX);
    }

    private void append(byte[] line, Path file) throws IOException {
        LOCK.lock();
        try {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
                    StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                channel.position(channel.size());
                if (isTorn(channel)) {
                    channel.write(ByteBuffer.wrap(new byte[]{'\n'}));
                }
                ByteBuffer bytes = ByteBuffer.wrap(line);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** Whether a writer was killed, or had no room, in the middle of the last line. */
    private static boolean isTorn(FileChannel channel) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(
                0) != '\n';
    }

    private String line(Decision decision, Instant now) throws JsonProcessingException {
        ObjectNode node = Json.object().put("time", now.toString());
        node.put("event", decision.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        node.put("tool", decision.tool());
        if (!decision.version().isEmpty()) {
            node.put("version", decision.version());
        }
        decision.details()
                .forEach((key, value) -> node.put(key, value.length() > MOST_TEXT
                        ? value.substring(0, MOST_TEXT) + "..."
                        : value));
        node.put("actor", System.getProperty("user.name", "")).put("run", run);
        node.put("program", "publisher " + ProgramVersion.current());
        return MAPPER.writeValueAsString(node);
    }

    private void dropOld(LocalDate oldest) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> isBefore(file.getFileName().toString(), oldest)).toList();
        }
        for (Path file : files) {
            try {
                Files.delete(file);
            } catch (NoSuchFileException _) {
                // another process was faster
            }
        }
    }

    private static boolean isBefore(String name, LocalDate oldest) {
        if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
            return false;
        }
        try {
            return LocalDate.parse(name.substring(PREFIX.length(), name.length() - SUFFIX.length()))
                    .isBefore(oldest);
        } catch (DateTimeParseException _) {
            return false; // not one of ours
        }
    }
}
