package dev.chandlery.registry.upload;

import dev.chandlery.oci.RepositoryName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * How many bytes the uploads have that go on in each repository, as far as this process knows. Thread-safe.
 *
 * <p><b>Concurrency:</b> the locks let one request at a time find out whether there is room, and take it.
 */
public final class StagedBytes {
    private static final int LOCKS = 64;

    private final Map<RepositoryName, Long> bytes = new ConcurrentHashMap<>();
    private final ReentrantLock[] locks = Stream.generate(ReentrantLock::new)
            .limit(LOCKS)
            .toArray(ReentrantLock[]::new);

    /** Bytes of all of them together, those included that a request announced and has not sent yet. */
    public long in(RepositoryName repository) {
        return bytes.getOrDefault(repository, 0L);
    }

    void add(RepositoryName repository, long more) {
        if (more != 0) {
            bytes.merge(repository, more, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
        }
    }

    ReentrantLock lock(RepositoryName repository) {
        return locks[Math.floorMod(repository.hashCode(), LOCKS)];
    }
}
