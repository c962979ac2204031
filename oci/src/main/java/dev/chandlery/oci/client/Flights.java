package dev.chandlery.oci.client;

import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Work that many want at once and one does: those who come while it runs wait for its result, or for its
 * failure. Who comes later begins anew.
 *
 * <p><b>Concurrency:</b> thread-safe. A worker that is cancelled leaves the work to one that waits.
 */
final class Flights<K, V> {
    private final Map<K, FutureTask<V>> running = new ConcurrentHashMap<>();

    V join(K key, Supplier<V> work) {
        while (true) {
            FutureTask<V> mine = new FutureTask<>(work::get);
            FutureTask<V> flight = running.computeIfAbsent(key, _ -> mine);
            if (flight.equals(mine)) {
                mine.run();
                running.remove(key, mine);
            }
            try {
                return flight.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationCancelledException("cannot wait for others: interrupted");
            } catch (ExecutionException e) {
                Throwable cause = Objects.requireNonNull(e.getCause());
                if (flight.equals(mine) || !(cause instanceof OperationCancelledException)) {
                    throw unchecked(cause);
                }
            }
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        return switch (cause) {
            case OciException known -> known;
            case RuntimeException other -> other;
            case Error error -> throw error;
            default -> new IllegalStateException(cause);
        };
    }
}
