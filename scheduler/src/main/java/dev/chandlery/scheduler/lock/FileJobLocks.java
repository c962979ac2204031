package dev.chandlery.scheduler.lock;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Locks of files, which the operating system takes from processes that end. */
final class FileJobLocks implements JobLocks {
    /** Those of this process: to open their files again would release them, as POSIX has it. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;

    FileJobLocks(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<Held> tryTake(String name) {
        try {
            Files.createDirectories(folder);
            Path file = folder.toRealPath().resolve(name.replace(':', '-') + ".lock");
            if (!HELD.add(file)) {
                return Optional.empty();
            }
            return lock(file);
        } catch (IOException e) {
            throw new StorageException("cannot lock " + name + " in " + folder + ": " + e, e);
        }
    }

    private static Optional<Held> lock(Path file) throws IOException {
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock();
            return lock == null ? Optional.empty() : Optional.of(new Lock(file, channel));
        } finally {
            if (lock == null) {
                HELD.remove(file);
                close(channel);
            }
        }
    }

    private static void close(@Nullable FileChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private record Lock(Path file, FileChannel channel) implements Held {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new StorageException("cannot release " + file + ": " + e, e);
            } finally {
                HELD.remove(file);
            }
        }
    }
}
