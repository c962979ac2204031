package dev.chandlery.oci.copy;

import dev.chandlery.oci.OperationCancelledException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How many operations run at one registry at a time. The number is halved when the registry asks for
 * patience, and grows again by one after as many successes as it is: as TCP does with its window.
 *
 * <p><b>Concurrency:</b> safe; permits are given in the order of asking. Operations of two registries at once
 * take those of the one with the lower {@link #order} first, so that no two can wait for each other; nobody
 * may wait for another node while holding one.
 */
final class Permits {
    private static final AtomicInteger CREATED = new AtomicInteger();

    private final int order = CREATED.incrementAndGet();
    private final int most;
    private final LongSupplier throttles;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition freed = lock.newCondition();
    private int limit;
    private int used;
    private int successes;
    private int sinceThrottled;
    private long seenThrottles;

    /**
     * @param most permits
     * @param throttles how often the registry has asked for patience so far
     */
    Permits(int most, LongSupplier throttles) {
        this.most = most;
        this.limit = most;
        this.throttles = throttles;
        this.seenThrottles = throttles.getAsLong();
    }

    <T> T with(Supplier<T> operation) {
        acquire();
        try {
            return operation.get();
        } finally {
            release();
        }
    }

    /** With a permit of each; one only where both are the same. */
    static <T> T withBoth(Permits one, Permits other, Supplier<T> operation) {
        if (one == other) {
            return one.with(operation);
        }
        Permits first = one.order < other.order ? one : other;
        Permits second = first == one ? other : one;
        return first.with(() -> second.with(operation));
    }

    int limit() {
        lock.lock();
        try {
            return limit;
        } finally {
            lock.unlock();
        }
    }

    private void acquire() {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException _) {
            throw cancelled();
        }
        try {
            while (used >= limit) {
                freed.await();
            }
            used++;
        } catch (InterruptedException _) {
            freed.signal();
            throw cancelled();
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        long asked = throttles.getAsLong();
        lock.lock();
        try {
            used--;
            sinceThrottled++;
            if (asked > seenThrottles) {
                seenThrottles = asked;
                shrink();
            } else {
                grow();
            }
            freed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** One burst of refusals, all begun under the old limit, counts once. */
    private void shrink() {
        if (sinceThrottled >= limit || limit == most) {
            limit = Math.max(1, limit / 2);
            sinceThrottled = 0;
        }
        successes = 0;
    }

    private void grow() {
        successes++;
        if (successes >= limit && limit < most) {
            limit++;
            successes = 0;
            freed.signal();
        }
    }

    private static OperationCancelledException cancelled() {
        Thread.currentThread().interrupt();
        return new OperationCancelledException("cannot copy: interrupted");
    }
}
