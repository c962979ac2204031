package dev.chandlery.oci.concurrent;

import dev.chandlery.oci.OperationCancelledException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock for each key, kept for as long as somebody holds it or waits for it. It may be held over network
 * calls, as only those wait who change the same thing. Who got it looks again whether there is still
 * something to do.
 *
 * <p><b>Concurrency:</b> thread-safe; who holds one key must not wait for another.
 *
 * @param <K> what is locked
 */
public final class KeyedLocks<K> {
    private final Map<K, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(ReentrantLock lock, int users) {}

    /** A lock that is held until it is closed. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits until nobody else holds the key.
     *
     * @throws OperationCancelledException when the thread is interrupted meanwhile
     */
    public Held acquire(K key) {
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
