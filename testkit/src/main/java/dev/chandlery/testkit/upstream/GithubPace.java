package dev.chandlery.testkit.upstream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How far away {@link FakeGithub} is, and how fast its downloads are; at once until it is set. Counts how many
 * downloads run at a time.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class GithubPace {
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private volatile Duration roundTrip = Duration.ZERO;
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private volatile Hold held = new Hold(Long.MAX_VALUE, new CountDownLatch(0));

    private record Hold(long bytes, CountDownLatch released) {}

    /**
     * Sets it.
     *
     * @param roundTrip that every request takes
     * @param bytesPerSecond that every download takes at most
     */
    public void set(Duration roundTrip, long bytesPerSecond) {
        this.roundTrip = roundTrip;
        this.bytesPerSecond = bytesPerSecond;
    }

    /** How many downloads run now. */
    public int downloads() {
        return running.get();
    }

    /** Most downloads that ran at a time since the last call of {@link #forget}. */
    public int mostDownloads() {
        return most.get();
    }

    /** Begins to count anew. */
    public void forget() {
        most.set(running.get());
    }

    /** Waits as long as a request is on its way. */
    void travel() throws IOException {
        sleep(roundTrip.toNanos());
    }

    /** Lets no download of more than so many bytes end before what is returned is run, or a minute has passed. */
    public Runnable hold(long bytes) {
        CountDownLatch released = new CountDownLatch(1);
        held = new Hold(bytes, released);
        return released::countDown;
    }

    /** One download, to be closed at its end. */
    Download begin() {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        return new Download();
    }

    /** The bytes of one download. */
    final class Download implements AutoCloseable {
        private final long start = System.nanoTime();
        private long sent;
        private boolean ended;

        /**
         * Waits until so many more bytes may have been sent. With the last ones it has ended: who has those may
         * begin the next download before anybody closes this one.
         */
        void send(int bytes, boolean last) throws IOException {
            sent += bytes;
            if (bytesPerSecond < Long.MAX_VALUE) {
                double due = (double) sent / bytesPerSecond * TimeUnit.SECONDS.toNanos(1);
                sleep((long) due - (System.nanoTime() - start));
            }
            if (last) {
                awaitRelease(sent);
                close();
            }
        }

        @Override
        public void close() {
            if (!ended) {
                ended = true;
                running.decrementAndGet();
            }
        }
    }

    private void awaitRelease(long bytes) throws IOException {
        try {
            if (bytes > held.bytes) {
                held.released.await(1, TimeUnit.MINUTES);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void sleep(long nanos) throws IOException {
        if (nanos <= 0) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return (IOException) new InterruptedIOException("interrupted").initCause(cause);
    }
}
