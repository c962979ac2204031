package dev.chandlery.oci.client;

import dev.chandlery.oci.OperationCancelledException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock for each key, kept for as long as somebody holds it or waits for it. It may be held over network
 * calls, as only those wait who change the same thing.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class KeyedLocks<K> {
    private final Map<K, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(ReentrantLock lock, int users) {}

    /** A lock that is held until it is closed. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits until nobody else holds the key.
     *
     * @throws OperationCancelledException when the thread is interrupted meanwhile
     */
    Held acquire(K key) {
        Entry entry = entries.merge(key, new Entry(new ReentrantLock(), 1),
                (known, _) -> new Entry(known.lock, known.users + 1));
        try {
            entry.lock.lockInterruptibly();
        } catch (InterruptedException e) {
            leave(key);
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot wait for " + key + ": interrupted");
        }
        return () -> {
            entry.lock.unlock();
            leave(key);
        };
    }

    private void leave(K key) {
        entries.computeIfPresent(key, (_, known) -> known.users == 1
                ? null
                : new Entry(known.lock, known.users - 1));
    }
}
