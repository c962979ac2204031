package dev.chandlery.oci.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A socket that asks the system for many bytes at once, though its user reads and writes 8 KiB at a time:
 * on blobs most of the work would else be system calls. What is written goes out when it is flushed.
 *
 * <p><b>Concurrency:</b> one reader and one writer at a time, as for any socket's streams.
 */
class WideSocket extends Socket {
    private static final int BYTES = 128 * 1024;

    private @Nullable InputStream in;
    private @Nullable OutputStream out;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (in == null) {
            in = new WideInput(super.getInputStream());
        }
        return in;
    }

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
        if (out == null) {
            out = new WideOutput(super.getOutputStream());
        }
        return out;
    }

    /** Unlike the platform's, it never waits for more than the first bytes. */
    private static final class WideInput extends InputStream {
        private final InputStream wire;
        private byte[] buffer = new byte[8 * 1024];
        private int at;
        private int end;

        WideInput(InputStream wire) {
            this.wire = wire;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (at == end && !fill()) {
                return -1;
            }
            int n = Math.min(length, end - at);
            System.arraycopy(buffer, at, target, offset, n);
            at += n;
            return n;
        }

        private boolean fill() throws IOException {
            if (end == buffer.length && buffer.length < BYTES) {
                // The peer sends faster than we ask.
                buffer = new byte[BYTES];
            }
            int n = wire.read(buffer, 0, buffer.length);
            at = 0;
            end = Math.max(0, n);
            return n >= 0;
        }

        @Override
        public int available() throws IOException {
            return end - at + wire.available();
        }

        @Override
        public void close() throws IOException {
            wire.close();
        }
    }

    private static final class WideOutput extends OutputStream {
        private final OutputStream wire;
        private byte[] buffer = new byte[8 * 1024];
        private int count;

        WideOutput(OutputStream wire) {
            this.wire = wire;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            if (count + length > buffer.length && buffer.length < BYTES) {
                byte[] wide = new byte[BYTES];
                System.arraycopy(buffer, 0, wide, 0, count);
                buffer = wide;
            }
            if (count + length > buffer.length) {
                send();
            }
            if (length >= buffer.length) {
                wire.write(source, offset, length);
            } else {
                System.arraycopy(source, offset, buffer, count, length);
                count += length;
            }
        }

        private void send() throws IOException {
            int n = count;
            count = 0;
            wire.write(buffer, 0, n);
        }

        @Override
        public void flush() throws IOException {
            if (count > 0) {
                send();
            }
            wire.flush();
        }

        @Override
        public void close() throws IOException {
            flush();
            wire.close();
        }
    }
}
