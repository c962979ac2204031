package dev.chandlery.registry.sql;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Work that one thread waits for and another one does; what it gave is told when it is committed. */
final class QueuedWrite<T> {
    private final SqlDatabase.Work<T> work;
    private final boolean durable;
    private final CountDownLatch ended = new CountDownLatch(1);
    /** What the work gave; null before, or when it failed. */
    private @Nullable T result;
    /** Null while nothing went wrong. */
    private @Nullable RuntimeException failure;

    QueuedWrite(SqlDatabase.Work<T> work, boolean durable) {
        this.work = work;
        this.durable = durable;
    }

    boolean durable() {
        return durable;
    }

    /** May be done again when others of the same transaction took it back. */
    void run(Handle handle) {
        failure = null;
        result = work.on(handle);
    }

    /** It failed alone, and is told of that when the others are told that they did not. */
    void failWithGroup(RuntimeException reason) {
        failure = reason;
    }

    void finish() {
        ended.countDown();
    }

    void fail(RuntimeException reason) {
        failure = reason;
        ended.countDown();
    }

    /** Whether what became of it was told. */
    boolean isEnded() {
        return ended.getCount() == 0;
    }

    /** Nobody waits for ever, whatever became of the thread that does the work. */
    void failUnlessEnded() {
        if (!isEnded()) {
            fail(new IllegalStateException("the thread that writes has ended"));
        }
    }

    /** Waits for the end, interrupted or not: the work is done all the same. */
    T await() {
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(result);
    }
}
