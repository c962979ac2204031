package dev.chandlery.oci.concurrent;

import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one of many who want the same thing at the same time do it; the others wait and take its result.
 * Nothing is remembered after the end, so who comes later tries anew, and so does who waited for one that
 * was cancelled, as that says nothing about the thing itself.
 *
 * <p><b>Concurrency:</b> safe. Nobody may hold a permit while waiting here.
 *
 * @param <K> what is wanted
 * @param <V> what comes of it
 */
public final class Flights<K, V> {
    private final ConcurrentMap<K, CompletableFuture<V>> running = new ConcurrentHashMap<>();

    /** The result, of the task or of one that ran already; its failure is thrown here, too. */
    public V join(K key, Supplier<V> task) {
        while (true) {
            CompletableFuture<V> mine = new CompletableFuture<>();
            @Nullable
            CompletableFuture<V> other = running.putIfAbsent(key, mine);
            if (other == null) {
                return lead(key, mine, task);
            }
            try {
                return other.get();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new OperationCancelledException("cannot wait for others: interrupted");
            } catch (ExecutionException e) {
                rethrowUnlessCancelled(e);
            } catch (CancellationException _) {
                // Its task threw what is no failure of ours; the next turn shows it to this thread too.
            }
        }
    }

    private V lead(K key, CompletableFuture<V> flight, Supplier<V> task) {
        try {
            V result = task.get();
            running.remove(key, flight);
            flight.complete(result);
            return result;
        } catch (OciException e) {
            running.remove(key, flight);
            flight.completeExceptionally(e);
            throw e;
        } finally {
            // Nobody waits for ever, whatever was thrown; does nothing after a result.
            running.remove(key, flight);
            flight.cancel(false);
        }
    }

    /** After a cancelled one the caller tries itself. */
    private static void rethrowUnlessCancelled(ExecutionException e) {
        if (e.getCause() instanceof OciException failure
                && !(failure instanceof OperationCancelledException)) {
            throw failure;
        }
    }
}
