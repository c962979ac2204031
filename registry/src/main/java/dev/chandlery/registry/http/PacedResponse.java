package dev.chandlery.registry.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A response that its client must take at a pace: time spent waiting for it is bounded by what it took. Without
 * it, a byte now and then would keep an answer and what it needs in memory for ever, as each restarts the idle
 * timeout. Used by one thread; after a failure nothing more is sent, and the buffer is not to be used again.
 */
final class PacedResponse {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Response response;
    private final long minBytesPerSecond;
    private final long graceNanos;
    private long sent;
    private long waitedNanos;

    PacedResponse(Response response, HttpServerOptions.Pace pace) {
        this.response = response;
        this.minBytesPerSecond = pace.minSendBytesPerSecond();
        this.graceNanos = pace.grace().toNanos();
    }

    /**
     * Sends the bytes; blocks until the connection has them.
     *
     * @param last whether nothing follows
     * @throws IOException when the client went away or takes them too slowly
     */
    void write(boolean last, ByteBuffer bytes) throws IOException {
        if (minBytesPerSecond == 0) {
            Content.Sink.write(response, last, bytes);
            return;
        }
        sent += bytes.remaining();
        Completion completion = new Completion();
        response.write(last, bytes, completion);
        long begin = System.nanoTime();
        long allowed = graceNanos + (long) (sent * NANOS_PER_SECOND / minBytesPerSecond);
        if (!completion.await(allowed - waitedNanos)) {
            throw new IOException("response was taken at less than " + minBytesPerSecond
                    + " bytes per second");
        }
        waitedNanos += System.nanoTime() - begin;
    }

    /** That many bytes went to the connection past it. */
    void passed(long bytes) {
        sent += bytes;
    }

    /** That a write has ended. */
    private static final class Completion implements Callback {
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile @Nullable Throwable failure;

        @Override
        public void succeeded() {
            ended.countDown();
        }

        @Override
        public void failed(Throwable cause) {
            failure = cause;
            ended.countDown();
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        /** Whether it ended in time. */
        boolean await(long nanos) throws IOException {
            try {
                if (!ended.await(nanos, TimeUnit.NANOSECONDS)) {
                    return false;
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while sending");
            }
            Throwable cause = failure;
            if (cause != null) {
                throw cause instanceof IOException io ? io : new IOException(cause);
            }
            return true;
        }
    }
}
