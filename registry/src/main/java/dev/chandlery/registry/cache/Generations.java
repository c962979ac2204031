package dev.chandlery.registry.cache;

import dev.chandlery.oci.RepositoryName;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * Counts changes of repositories. What was read is good as long as the count of its repository is what it
 * was before the reading began; a writer counts after its transaction and before it answers. Repositories
 * that share a counter only make each other read again.
 */
final class Generations {
    private static final int COUNTERS = 4096;

    private final AtomicLongArray counters = new AtomicLongArray(COUNTERS);

    long of(RepositoryName repository) {
        return counters.get(counter(repository));
    }

    /** Does what changes the repository. */
    <T> T change(RepositoryName repository, Supplier<T> change) {
        try {
            return change.get();
        } finally { // a transaction that seems to fail may have been done
            counters.incrementAndGet(counter(repository));
        }
    }

    private static int counter(RepositoryName repository) {
        int hash = repository.hashCode();
        return (hash ^ hash >>> 16) & COUNTERS - 1;
    }
}
