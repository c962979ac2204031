package dev.chandlery.registry.observe;

import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.collect.Removed;
import dev.chandlery.registry.route.RequestObserver;
import dev.chandlery.registry.route.Served;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every write, every refusal and every manifest that the registry itself took away, one JSON object on a line, in a file for each day (UTC). A line is with the
 * system before its request is answered: the process may die then and the line is still there.
 *
 * <p><b>Concurrency:</b> lines are written one after another. Commands write into the same file beside a registry:
 * each line is appended by one write.
 */
public final class AuditLog implements RequestObserver, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());
    private static final String PREFIX = "audit-";
    private static final String SUFFIX = ".jsonl";

    private final Path folder;
    private final Duration retention;
    private final Clock clock;
    private final ReentrantLock writing = new ReentrantLock();
    private LocalDate day = LocalDate.EPOCH;
    private @Nullable FileChannel file;
    /** Whether the file ends within a line: a full disk took no more, or a process was killed. */
    private boolean torn;

    private AuditLog(Path folder, Duration retention, Clock clock) {
        this.folder = folder;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Opens the log of today.
     *
     * @param folder made when it is not there
     * @param retention after so long a day's file is deleted
     * @throws StorageException when it cannot be written
     */
    public static AuditLog open(Path folder, Duration retention, Clock clock) {
        AuditLog log = new AuditLog(folder, retention, clock);
        try {
            Files.createDirectories(folder);
            log.fileOfToday();
            return log;
        } catch (IOException e) {
            throw new StorageException("cannot write audit log in " + folder + ": " + e
                    .getMessage(), e);
        }
    }

    @Override
    public void answered(Served served) {
        AuditEntry.of(served, clock.instant()).ifPresent(this::write);
    }

    @Override
    public void removed(Removed what) {
        AuditEntry.of(what, clock.instant()).ifPresent(this::write);
    }

    /** Writes down what a command did. */
    public void done(CommandDeed deed) {
        write(AuditEntry.of(deed, clock.instant()));
    }

    private void write(AuditEntry entry) {
        writing.lock();
        try {
            FileChannel today = fileOfToday();
            ByteBuffer line = ByteBuffer.wrap(((torn ? "\n" : "") + entry.json() + "\n").getBytes(
                    StandardCharsets.UTF_8));
            torn = true;
            while (line.hasRemaining()) {
                today.write(line);
            }
            torn = false;
        } catch (IOException e) { // what is done is done: it must not look as if it had failed
            LOG.log(System.Logger.Level.ERROR, () -> "cannot write audit log in " + folder + ": "
                    + e.getMessage() + "; lost: " + entry.json());
        } finally {
            writing.unlock();
        }
    }

    private FileChannel fileOfToday() throws IOException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        FileChannel open = file;
        if (open != null && open.isOpen() && today.equals(day)) {
            return open;
        }
        if (open != null) {
            open.close();
        }
        Path name = folder.resolve(PREFIX + today + SUFFIX);
        FileChannel fresh = FileChannel.open(name, StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        torn = endsWithinLine(name);
        file = fresh;
        day = today;
        dropOld(today.minusDays(retention.toDays()));
        return fresh;
    }

    private static boolean endsWithinLine(Path file) throws IOException {
        try (FileChannel read = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return read.size() > 0 && read.read(last, read.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    private void dropOld(LocalDate oldest) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        for (Path old : files) {
            if (isBefore(old.getFileName().toString(), oldest)) {
                Files.deleteIfExists(old);
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

    @Override
    public void close() {
        writing.lock();
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new StorageException("cannot close audit log in " + folder + ": " + e
                    .getMessage(), e);
        } finally {
            writing.unlock();
        }
    }
}
