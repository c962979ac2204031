package dev.chandlery.manager.cache;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies in a cache folder.
 *
 * @param files number of blobs
 * @param bytes of all of them
 */
public record CacheUsage(long files, long bytes) {

    /**
     * A blob of the cache.
     *
     * @param file where it is
     * @param bytes its size
     * @param usedMillis when it was used last, in milliseconds since 1970
     */
    record Blob(Path file, long bytes, long usedMillis) {}

    /** Of a folder that may not exist yet. */
    public static CacheUsage of(Path cache) {
        List<Blob> blobs = blobs(cache);
        return new CacheUsage(blobs.size(), blobs.stream().mapToLong(Blob::bytes).sum());
    }

    static List<Blob> blobs(Path cache) {
        List<Blob> blobs = new ArrayList<>();
        Path folder = cache.resolve(BlobCache.BLOBS);
        if (!Files.isDirectory(folder)) {
            return blobs;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    blobs.add(new Blob(file, attributes.size(), attributes.lastModifiedTime()
                            .toMillis()));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e)
                        throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE; // another process dropped it meanwhile
                    }
                    throw e;
                }
            });
            return blobs;
        } catch (IOException e) {
            throw new StorageException("cannot read cache " + folder + ": " + e, e);
        }
    }
}
