package dev.chandlery.manager.cache;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Drops blobs that were not used for long, and then the longest unused ones until the rest fits. */
public final class CacheCleaner {
    private final Path cache;

    public CacheCleaner(Path cache) {
        this.cache = cache;
    }

    /**
     * What a cleanup drops.
     *
     * @param files to go
     * @param bytes of them
     * @param kept bytes that stay
     */
    public record Plan(List<Path> files, long bytes, long kept) {
        public Plan {
            files = List.copyOf(files);
        }
    }

    /**
     * Looks, and drops nothing.
     *
     * @param unusedSince blobs that were used last before this go
     * @param mostBytes that may stay
     */
    public Plan plan(Instant unusedSince, long mostBytes) {
        List<CacheUsage.Blob> blobs = new ArrayList<>(CacheUsage.blobs(cache));
        blobs.sort(Comparator.comparingLong(CacheUsage.Blob::usedMillis));
        long kept = blobs.stream().mapToLong(CacheUsage.Blob::bytes).sum();
        long dropped = 0;
        List<Path> files = new ArrayList<>();
        for (CacheUsage.Blob blob : blobs) {
            if (blob.usedMillis() < unusedSince.toEpochMilli() || kept > mostBytes) {
                files.add(blob.file());
                dropped += blob.bytes();
                kept -= blob.bytes();
            }
        }
        return new Plan(files, dropped, kept);
    }

    /** Drops what the plan names; what is gone already is fine. */
    public void apply(Plan plan) {
        for (Path file : plan.files()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new StorageException("cannot drop " + file + ": " + e, e);
            }
        }
    }
}
