package dev.chandlery.manager.health;

import dev.chandlery.config.operation.CacheSpec;
import dev.chandlery.manager.cache.CacheUsage;
import dev.chandlery.oci.OciException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the cache is.
 *
 * @param usage what lies in it
 * @param maxBytes that it may hold
 * @param writable whether a file could be made
 * @param error what went wrong; empty when nothing did
 */
public record CacheHealth(CacheUsage usage, long maxBytes, boolean writable,
        Optional<String> error) {
    /** Percent of the limit from which on a cleanup is due. */
    private static final double WARNING_PERCENT = 90;
    private static final int HUNDRED = 100;

    static CacheHealth check(CacheSpec spec) {
        try {
            CacheUsage usage = CacheUsage.of(spec.localCacheDir());
            return new CacheHealth(usage, spec.maxSizeBytes(), isWritable(spec.localCacheDir()),
                    Optional.empty());
        } catch (OciException e) {
            return new CacheHealth(new CacheUsage(0, 0), spec.maxSizeBytes(), false, Optional.of(
                    String.valueOf(e.getMessage())));
        }
    }

    /** Percent of the limit that is used. */
    public double percent() {
        return maxBytes == 0 ? 0 : (double) HUNDRED * usage.bytes() / maxBytes;
    }

    public boolean isHealthy() {
        return error.isEmpty() && writable && percent() < WARNING_PERCENT;
    }

    private static boolean isWritable(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "health-", ""));
            return true;
        } catch (IOException _) {
            return false; // that is the answer
        }
    }
}
