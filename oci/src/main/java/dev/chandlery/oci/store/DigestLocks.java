package dev.chandlery.oci.store;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.OperationCancelledException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * One at a time for each digest. Who waits looks again whether there is still something to do.
 *
 * <p><b>Concurrency:</b> safe; an action must not enter a second digest.
 */
final class DigestLocks {
    private final ConcurrentMap<Digest, CountDownLatch> flying = new ConcurrentHashMap<>();

    /** Runs the action when no other one runs for that digest. */
    <T> T alone(Digest digest, Supplier<T> action) {
        CountDownLatch own = new CountDownLatch(1);
        for (CountDownLatch other = flying.putIfAbsent(digest, own); other != null; other = flying
                .putIfAbsent(digest, own)) {
            await(other, digest);
        }
        try {
            return action.get();
        } finally {
            flying.remove(digest);
            own.countDown();
        }
    }

    private static void await(CountDownLatch other, Digest digest) {
        try {
            other.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot push " + digest + ": interrupted");
        }
    }
}
