package dev.chandlery.registry.server;

import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.blob.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The right to serve all folders of a storage; none of them when it is in services only. */
record StorageLocks(List<StorageLock> locks) implements AutoCloseable {

    /**
     * Takes the locks that are not held yet; these become part of the result in every case but failure.
     *
     * @throws StorageException when another process serves one of the folders
     */
    static StorageLocks take(List<StorageLock> held, Set<Path> folders) {
        List<StorageLock> taken = new ArrayList<>();
        boolean complete = false;
        try {
            for (Path folder : folders) {
                Path real = real(folder);
                if (held.stream().noneMatch(lock -> lock.folder().equals(real))) {
                    taken.add(StorageLock.tryTake(real).orElseThrow(() -> inUse(real)));
                }
            }
            complete = true;
        } finally {
            if (!complete) {
                taken.forEach(StorageLock::close);
            }
        }
        taken.addAll(held);
        return new StorageLocks(List.copyOf(taken));
    }

    private static Path real(Path folder) {
        try {
            DurableFiles.makeFolders(folder.toAbsolutePath());
            return folder.toRealPath();
        } catch (IOException e) {
            throw new StorageException("cannot make registry storage " + folder + ": " + e
                    .getMessage(), e);
        }
    }

    private static StorageException inUse(Path folder) {
        return new StorageException("cannot serve registry storage " + folder + ": another process"
                + " serves it, and a folder is for one at a time; end that one, or keep content in S3"
                + " and metadata in PostgreSQL", new IllegalStateException("folder is locked"));
    }

    @Override
    public void close() {
        locks.forEach(StorageLock::close);
    }
}
