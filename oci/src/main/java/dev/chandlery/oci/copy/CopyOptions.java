package dev.chandlery.oci.copy;

import dev.chandlery.oci.Platform;
import java.util.List;

/**
 * How a run copies.
 *
 * @param jobs most operations at a time at each registry, 1 or more; it goes down by itself where a registry
 *        asks for patience
 * @param referrers whether what is attached to manifests by {@code subject} is copied too, recursively
 * @param platforms of an index that are copied, as an index of these only; empty copies all, as they are
 * @param memoryBytes most bytes of manifests that are held at a time, one chain of them apart
 */
public record CopyOptions(int jobs, boolean referrers, List<Platform> platforms,
        long memoryBytes) {
    public static final CopyOptions DEFAULT = new CopyOptions(32, true, List.of(), 32L << 20);

    public CopyOptions {
        platforms = List.copyOf(platforms);
        if (jobs < 1 || memoryBytes < 1) {
            throw new IllegalArgumentException("expected 1 or more jobs and bytes of memory");
        }
    }

    public CopyOptions withJobs(int count) {
        return new CopyOptions(count, referrers, platforms, memoryBytes);
    }

    public CopyOptions withReferrers(boolean copied) {
        return new CopyOptions(jobs, copied, platforms, memoryBytes);
    }

    public CopyOptions withPlatforms(List<Platform> wanted) {
        return new CopyOptions(jobs, referrers, wanted, memoryBytes);
    }

    public CopyOptions withMemoryBytes(long bytes) {
        return new CopyOptions(jobs, referrers, platforms, bytes);
    }
}
