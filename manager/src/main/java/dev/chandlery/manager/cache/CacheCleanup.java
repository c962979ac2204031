package dev.chandlery.manager.cache;

import dev.chandlery.cli.state.WorkFolder;
import dev.chandlery.config.operation.CacheSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Holds the cache to what registry.yaml lets it keep, and removes what killed runs left in it. */
public final class CacheCleanup {
    private static final String WORK = "work";

    private final CacheSpec spec;
    private final CacheCleaner cleaner;

    public CacheCleanup(CacheSpec spec) {
        this.spec = spec;
        this.cleaner = new CacheCleaner(spec.localCacheDir());
    }

    /** What goes by {@code cleanup_older_than_days} and {@code max_cache_size_gb}; drops nothing. */
    public CacheCleaner.Plan plan(Instant now) {
        return plan(now, spec.cleanupOlderThanDays());
    }

    /** The same with another number of days without use. */
    public CacheCleaner.Plan plan(Instant now, int days) {
        return cleaner.plan(now.minus(Duration.ofDays(days)), spec.maxSizeBytes());
    }

    /**
     * Drops what the plan names, and rooms of work that no run holds.
     *
     * @throws dev.chandlery.oci.StorageException when something cannot be dropped
     */
    public void apply(CacheCleaner.Plan plan) {
        cleaner.apply(plan);
        Path work = spec.localCacheDir().resolve(WORK);
        if (Files.isDirectory(work)) {
            WorkFolder.open(work).close(); // opening a room removes those that nobody holds
        }
    }
}
