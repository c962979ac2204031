package dev.chandlery.oci.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body whose reads are watched. */
final class WatchedStream extends FilterInputStream {
    private final Watch watch;

    WatchedStream(InputStream in, Watch watch) {
        super(in);
        this.watch = watch;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long moved = 0;
        watch.resume();
        try {
            int n = in.read(buffer, offset, length);
            moved = Math.max(0, n);
            if (n < 0) {
                watch.end();
            }
            return n;
        } catch (IOException e) {
            watch.end();
            throw watch.explain(e);
        } finally {
            watch.rest(moved);
        }
    }

    @Override
    public void close() throws IOException {
        watch.end();
        super.close();
    }
}
