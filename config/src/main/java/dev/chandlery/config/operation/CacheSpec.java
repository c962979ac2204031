package dev.chandlery.config.operation;

import java.nio.file.Path;

/**
 * The local cache of downloads.
 *
 * @param localCacheDir absolute
 * @param maxSizeBytes above which the oldest entries go
 * @param cleanupOnStartup whether {@code manager pull} cleans it up first
 * @param cleanupOlderThanDays days without use after which an entry goes
 */
public record CacheSpec(Path localCacheDir, long maxSizeBytes, boolean cleanupOnStartup,
        int cleanupOlderThanDays) {}
