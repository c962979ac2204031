package dev.chandlery.cli.state;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is counted over all runs. */
public enum Counter {
    /** Platforms that were new in the registry. */
    ARTIFACTS_PUBLISHED,
    /** Downloads whose checksum or size was compared with what was stated. */
    ARTIFACTS_VERIFIED,
    /** Blobs that a pull found in the cache. */
    CACHE_HITS,
    /** Blobs that a pull had to fetch. */
    CACHE_MISSES,
    /** Items that failed. */
    ERRORS;

    /** As it is written: {@code cache_hits}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Counter> find(String label) {
        return Arrays.stream(values()).filter(counter -> counter.label().equals(label)).findFirst();
    }
}
