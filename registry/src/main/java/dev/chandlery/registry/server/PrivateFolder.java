package dev.chandlery.registry.server;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder for one view's copy, among everybody's temporary files. A lock is held while it is open, so that the
 * next one can tell the folders of processes that were killed, and remove them.
 *
 * <p><b>Concurrency:</b> the set guards which folders this process has: to open the lock of one of them once more
 * and close it would give it back, as POSIX has it.
 */
final class PrivateFolder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PrivateFolder.class.getName());
    private static final String PREFIX = "chandlery-registry-";
    private static final String LOCK = "lock";
    /** Until then a folder without lock may be one that is just being made. */
    private static final Duration YOUNG = Duration.ofHours(1);
    private static final Set<Path> HELD = new HashSet<>();

    private final Path folder;
    private final FileChannel lock;

    private PrivateFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes one where temporary files are, and removes what killed processes of this user left there.
     *
     * @throws StorageException when none can be made
     */
    static PrivateFolder make() {
        return within(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** The same below that folder. */
    static PrivateFolder within(Path parent) {
        synchronized (HELD) {
            try {
                Path home = parent.toRealPath();
                Path folder = Files.createTempDirectory(home, PREFIX);
                PrivateFolder made = new PrivateFolder(folder, lock(folder));
                HELD.add(folder);
                made.removeAbandonedOf(home);
                return made;
            } catch (IOException e) {
                throw new StorageException("cannot make a temporary folder: " + e.getMessage(), e);
            }
        }
    }

    /** The lock is taken before it has its name: who finds it by name and free knows that its process is gone. */
    private static FileChannel lock(Path folder) throws IOException {
        Path unnamed = folder.resolve("new-" + LOCK);
        FileChannel lock = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
        lock.lock();
        Files.move(unnamed, folder.resolve(LOCK));
        return lock;
    }

    Path path() {
        return folder;
    }

    private void removeAbandonedOf(Path parent) throws IOException {
        List<Path> others;
        try (Stream<Path> listed = Files.list(parent)) {
            others = listed.filter(other -> other.getFileName().toString().startsWith(PREFIX))
                    .filter(other -> !HELD.contains(other))
                    .toList();
        }
        for (Path other : others) {
            try {
                if (isOwn(other) && isAbandoned(other)) {
                    delete(other);
                }
            } catch (IOException _) {
                LOG.log(System.Logger.Level.DEBUG, () -> "left " + other
                        + ": another removes it too, or it is none of ours after all");
            }
        }
    }

    private boolean isOwn(Path other) throws IOException {
        return Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS) && Files.getOwner(other,
                LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(folder));
    }

    private static boolean isAbandoned(Path other) throws IOException {
        try (FileChannel its = FileChannel.open(other.resolve(LOCK), StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS); FileLock taken = its.tryLock()) {
            return taken != null;
        } catch (NoSuchFileException _) {
            return Files.getLastModifiedTime(other)
                    .toInstant()
                    .plus(YOUNG)
                    .isBefore(Instant.now());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    /** Removes it. */
    @Override
    public void close() {
        synchronized (HELD) {
            try (lock) {
                delete(folder);
            } catch (IOException e) {
                throw new StorageException("cannot delete " + folder + ": " + e.getMessage(), e);
            } finally {
                HELD.remove(folder);
            }
        }
    }
}
