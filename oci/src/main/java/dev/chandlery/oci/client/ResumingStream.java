package dev.chandlery.oci.client;

import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.http.Failures;
import dev.chandlery.oci.http.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A body that is asked for again from where it broke. How often is bounded: so many times in a row
 * without real progress, and in all. What comes after a break is not trusted more than what came
 * before: the reader hashes the whole.
 */
final class ResumingStream extends InputStream {
    private static final long PROGRESS_BYTES = 1L << 20;
    private static final int MAX_RESUMPTIONS = 100;

    /**
     * An answer that holds the body from an offset on.
     *
     * @param action for messages
     */
    record Piece(HttpReply reply, long start, String action) {}

    private final LongFunction<Piece> opener;
    private final long size;
    private final int attempts;
    private @Nullable Piece piece;
    private long position;
    private long resumedAt;
    private int breaksInRow;
    private int breaks;

    ResumingStream(LongFunction<Piece> opener, long size, int attempts) {
        this.opener = opener;
        this.size = size;
        this.attempts = attempts;
    }

    /** Opens the first piece, so that a missing blob is told at once. */
    void begin() {
        piece = opener.apply(0);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        while (true) {
            Piece open = piece;
            try {
                if (open == null) {
                    open = reopen();
                }
                int n = open.reply().body().read(buffer, offset, length);
                if (n >= 0) {
                    position += n;
                    return n;
                }
                if (position >= size) {
                    return -1;
                }
                broken(new TransferException("cannot " + open.action()
                        + ": the body ended after " + position + " of " + size + " bytes", null,
                        true));
            } catch (IOException e) {
                broken(Failures.of(open == null ? "fetch" : open.action(), e));
            }
        }
    }

    private void broken(RuntimeException failure) {
        close();
        boolean last = !(failure instanceof TransferException transfer)
                || !transfer.retryable();
        breaks++;
        breaksInRow = position - resumedAt >= PROGRESS_BYTES ? 1 : breaksInRow + 1;
        resumedAt = position;
        if (last || breaksInRow >= attempts || breaks >= MAX_RESUMPTIONS) {
            throw failure;
        }
    }

    private Piece reopen() throws IOException {
        Piece opened = opener.apply(position);
        piece = opened;
        opened.reply().body().skipNBytes(position - opened.start());
        return opened;
    }

    @Override
    public void close() {
        Piece open = piece;
        piece = null;
        if (open != null) {
            open.reply().close();
        }
    }
}
