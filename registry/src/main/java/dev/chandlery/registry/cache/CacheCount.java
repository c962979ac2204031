package dev.chandlery.registry.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.stats.CacheStats;

/**
 * How a cache does, since the start.
 *
 * @param hits questions that it answered
 * @param misses questions that it did not
 * @param entries that it holds now
 */
public record CacheCount(long hits, long misses, long entries) {
    static CacheCount of(Cache<?, ?> cache) {
        CacheStats stats = cache.stats();
        return new CacheCount(stats.hitCount(), stats.missCount(), cache.estimatedSize());
    }
}
