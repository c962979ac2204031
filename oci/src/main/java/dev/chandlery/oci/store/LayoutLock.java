package dev.chandlery.oci.store;

import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Only one at a time changes a layout: of this process's threads, by a lock in memory; of all processes, by
 * a lock on the file {@code oci-layout}, which is never replaced. The system frees the latter when a process
 * dies.
 *
 * <p><b>Concurrency:</b> a process that closes any channel of a file loses its locks on it on POSIX systems,
 * so whoever opens {@code oci-layout} does it in here. The locks in memory are shared by layouts whose paths
 * fall together, so what runs inside must not enter another layout.
 *
 * @param file {@code oci-layout}
 * @param name of the layout, for messages
 */
record LayoutLock(Path file, String name) {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(5);
    private static final ReentrantLock[] IN_PROCESS = Stream.generate(ReentrantLock::new)
            .limit(64)
            .toArray(ReentrantLock[]::new);

    /** Runs the action alone among all that change this layout. */
    <T> T alone(Supplier<T> action) {
        return inProcess(() -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ,
                    StandardOpenOption.WRITE); FileLock _ = lock(channel)) {
                return action.get();
            } catch (IOException e) {
                throw Failures.storage("lock " + name, e);
            }
        });
    }

    /** Runs the action alone among the threads of this process only: for those that read the file. */
    <T> T inProcess(Supplier<T> action) {
        ReentrantLock lock = IN_PROCESS[Math.floorMod(file.hashCode(), IN_PROCESS.length)];
        try {
            if (!lock.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException _) {
            throw interrupted();
        }
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    // Polled, as a wait for a lock of another process can be neither limited nor interrupted everywhere.
    private FileLock lock(FileChannel channel) throws IOException {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (System.nanoTime() < end) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            try {
                Thread.sleep(BETWEEN_TRIES);
            } catch (InterruptedException _) {
                throw interrupted();
            }
        }
        throw busy();
    }

    private StorageException busy() {
        return new StorageException("cannot change " + name + ": another process held the lock on "
                + file + " for " + LONGEST_WAIT.toSeconds() + " s");
    }

    private OperationCancelledException interrupted() {
        Thread.currentThread().interrupt();
        return new OperationCancelledException("cannot change " + name + ": interrupted");
    }
}
