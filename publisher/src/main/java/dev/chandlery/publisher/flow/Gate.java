package dev.chandlery.publisher.flow;

import dev.chandlery.oci.OperationCancelledException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets as many through at a time as there are permits, in the order they came.
 *
 * <p><b>Concurrency:</b> thread-safe. Who is inside must not enter the same gate again.
 */
public final class Gate {
    private final Semaphore permits;

    private Gate(int permits) {
        this.permits = new Semaphore(permits, true);
    }

    /** A gate with so many permits, at least 1. */
    public static Gate of(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("expected 1 or more permits, got " + permits);
        }
        return new Gate(permits);
    }

    /** Lets everybody through at once. */
    public static Gate open() {
        return new Gate(Integer.MAX_VALUE);
    }

    /**
     * Does the work when it is its turn.
     *
     * @throws OperationCancelledException when this thread is interrupted while it waits
     */
    public <T> T pass(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    /** The same, for work that gives nothing. */
    public void run(Runnable work) {
        pass(() -> {
            work.run();
            return true;
        });
    }

    /** Enters when there is room that nobody waits for; to be followed by {@link #leave}. */
    public boolean tryEnter() {
        return !permits.hasQueuedThreads() && permits.tryAcquire();
    }

    public void leave() {
        permits.release();
    }

    private void enter() {
        try {
            permits.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot go on: interrupted");
        }
    }
}
