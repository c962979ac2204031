package dev.chandlery.registry.server;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to serve a storage folder, held by one process at a time; the system gives it back when the
 * process ends in whatever way.
 *
 * <p><b>Concurrency:</b> POSIX gives a process's locks on a file back as soon as it closes <em>any</em>
 * descriptor of it, so within one process the file is open at most once per folder.
 */
public final class StorageLock implements AutoCloseable {
    private static final String FILE_NAME = "lock";
    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private StorageLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the lock if nobody has it.
     *
     * @param folder exists, and its links are resolved
     */
    public static Optional<StorageLock> tryTake(Path folder) {
        try {
            return take(folder, FileChannel::tryLock);
        } catch (InterruptedException e) {
            throw new IllegalStateException("trying does not wait", e);
        }
    }

    /** Waits until the lock is free and takes it; empty when this process has it or waits for it. */
    public static Optional<StorageLock> await(Path folder) throws InterruptedException {
        return take(folder, FileChannel::lock);
    }

    @FunctionalInterface
    private interface Locking {
        @Nullable
        FileLock lock(FileChannel channel) throws IOException;
    }

    private static Optional<StorageLock> take(Path folder, Locking locking)
            throws InterruptedException {
        if (!OPEN_HERE.add(folder)) {
            return Optional.empty();
        }
        StorageLock lock = new StorageLock(folder, open(folder));
        boolean taken = false;
        try {
            taken = locking.lock(lock.channel) != null;
        } catch (FileLockInterruptionException | ClosedByInterruptException _) {
            throw new InterruptedException("interrupted while waiting for " + folder);
        } catch (IOException e) {
            throw new StorageException("cannot lock " + folder.resolve(FILE_NAME) + ": " + e
                    .getMessage(), e);
        } finally {
            if (!taken) {
                lock.close();
            }
        }
        return taken ? Optional.of(lock) : Optional.empty();
    }

    private static FileChannel open(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            OPEN_HERE.remove(folder);
            throw new StorageException("cannot open " + file + ": " + e.getMessage(), e);
        }
    }

    /** The folder that it is for. */
    public Path folder() {
        return folder;
    }

    /** Gives the lock back; idempotent. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageException("cannot unlock " + folder + ": " + e.getMessage(), e);
        } finally {
            OPEN_HERE.remove(folder);
        }
    }
}
