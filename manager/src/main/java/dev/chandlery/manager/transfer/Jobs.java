package dev.chandlery.manager.transfer;

import dev.chandlery.oci.OperationCancelledException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Bounds how many requests run at a time.
 *
 * <p><b>Concurrency:</b> safe; nobody may wait for another job while running one.
 */
final class Jobs {
    private final Semaphore permits;

    /** @param most 1 or more */
    Jobs(int most) {
        this.permits = new Semaphore(most);
    }

    /** Waits for its turn; an interrupt cancels. */
    <T> T run(Supplier<T> request) {
        try {
            permits.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot go on: interrupted");
        }
        try {
            return request.get();
        } finally {
            permits.release();
        }
    }
}
