package dev.chandlery.oci.http;

import dev.chandlery.oci.http.TransportOptions.Timeouts;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the time that one call spends waiting for its peer: in each window of such time at least some
 * bytes must move. Time that our own side spends between reads does not count.
 *
 * <p><b>Concurrency:</b> the thread that owns the call begins, ends and reports; the watchdog's thread
 * only looks. All state is guarded by this object; the call is cancelled outside of the lock.
 */
final class Watch {
    private final Timeouts timeouts;
    private final Watchdog watchdog;
    private Runnable cancel = () -> {};
    private @Nullable Thread owner;
    private boolean watched;
    private long waitingSince;
    private long waitedNanos;
    private long movedBytes;
    private boolean stalled;

    Watch(Timeouts timeouts, Watchdog watchdog) {
        this.timeouts = timeouts;
        this.watchdog = watchdog;
    }

    /** The call begins, with how to cancel it; waiting for the peer counts from now. */
    void begin(Runnable how) {
        synchronized (this) {
            cancel = how;
        }
        resume();
    }

    /** Waiting for the peer counts from now. */
    synchronized void resume() {
        owner = Thread.currentThread();
        waitingSince = System.nanoTime();
        if (!watched) {
            watched = true;
            watchdog.add(this);
        }
    }

    /** Our own side is busy from now; so many bytes have moved since the wait began. */
    synchronized void rest(long bytes) {
        if (owner == null) {
            return;
        }
        owner = null;
        waitedNanos += System.nanoTime() - waitingSince;
        movedBytes += bytes;
        if (movedBytes >= timeouts.progressBytes()) {
            movedBytes = 0;
            waitedNanos = 0;
        }
    }

    /** Waiting is over and what comes next is judged anew. */
    synchronized void end() {
        owner = null;
        waitedNanos = 0;
        movedBytes = 0;
        if (watched) {
            watched = false;
            watchdog.remove(this);
        }
    }

    /** The exception, or a clearer one when it was this watch that broke the call. */
    synchronized IOException explain(IOException thrown) {
        if (!stalled) {
            return thrown;
        }
        SocketTimeoutException late = new SocketTimeoutException(
                "no progress: expected at least " + timeouts.progressBytes() + " bytes in "
                        + timeouts.progressWindow().toSeconds() + " s");
        late.initCause(thrown);
        return late;
    }

    /** Breaks the call if it waits too long, or its thread is interrupted. */
    void look() {
        Runnable how;
        synchronized (this) {
            if (owner == null) {
                return;
            }
            long waited = waitedNanos + System.nanoTime() - waitingSince;
            boolean late = waited > timeouts.progressWindow().toNanos();
            if (!late && !owner.isInterrupted()) {
                return;
            }
            stalled |= late;
            how = cancel;
        }
        how.run();
    }
}
