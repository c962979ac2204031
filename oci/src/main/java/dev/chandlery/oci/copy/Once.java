package dev.chandlery.oci.copy;

import dev.chandlery.oci.OperationCancelledException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is asked for when it is first needed, by one thread, and then kept. A failure is not kept.
 *
 * <p><b>Concurrency:</b> safe; others wait for the one that asks, so nobody may come here with a permit.
 */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> question;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable T answer;

    Once(Supplier<T> question) {
        this.question = question;
    }

    @Override
    public T get() {
        T known = answer;
        return known != null ? known : ask();
    }

    private T ask() {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot copy: interrupted");
        }
        try {
            T known = answer;
            if (known == null) {
                known = question.get();
                answer = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }
}
