package dev.chandlery.registry.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A client's body that must keep a pace: time spent waiting for it is bounded by what came. Without it, a
 * byte now and then would keep a request open for ever, as each restarts the idle timeout.
 */
final class PacedBody extends FilterInputStream {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long minBytesPerSecond;
    private final long graceNanos;
    private long bytes;
    private long waitedNanos;

    PacedBody(InputStream body, long minBytesPerSecond, Duration grace) {
        super(body);
        this.minBytesPerSecond = minBytesPerSecond;
        this.graceNanos = grace.toNanos();
    }

    /** Bytes so far. */
    long bytes() {
        return bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long begin = System.nanoTime();
        int n = super.read(buffer, offset, length);
        waitedNanos += System.nanoTime() - begin;
        bytes += Math.max(n, 0);
        if (n >= 0 && waitedNanos > graceNanos
                && bytes < waitedNanos / NANOS_PER_SECOND * minBytesPerSecond) {
            throw new SlowBodyException("request body came at less than " + minBytesPerSecond
                    + " bytes per second");
        }
        return n;
    }

    /** The client sends, but too slowly. */
    static final class SlowBodyException extends IOException {
        private static final long serialVersionUID = 1L;

        SlowBodyException(String message) {
            super(message);
        }
    }
}
