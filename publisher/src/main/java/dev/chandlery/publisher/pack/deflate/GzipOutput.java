package dev.chandlery.publisher.pack.deflate;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/**
 * Compresses what is written, and reads it back on the way. Closing it closes what it writes to. Not thread-safe.
 *
 * <p><b>Spec:</b> RFC 1952: one member without time and name, of an unknown system.
 */
public final class GzipOutput extends OutputStream {
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final OutputStream out;
    private final ReadBack readBack;
    private final Deflate deflate;
    private final CRC32 checksum = new CRC32();
    private final byte[] one = new byte[1];
    private long size;
    private boolean closed;

    /** Writes the header at once. */
    public GzipOutput(OutputStream out) throws IOException {
        this.out = out;
        out.write(HEADER);
        this.readBack = new ReadBack(out);
        this.deflate = new Deflate(new BitOutput(readBack));
    }

    @Override
    public void write(int b) throws IOException {
        one[0] = (byte) b;
        write(one, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        checksum.update(bytes, offset, length);
        size += length;
        deflate.write(bytes, offset, length);
    }

    /**
     * Ends the stream.
     *
     * @throws IOException if it cannot be written, or what was written does not read back as what was given
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out; readBack) {
            deflate.finish();
            readBack.check(checksum, size);
            int crc = (int) checksum.getValue();
            int length = (int) size;
            out.write(new byte[]{(byte) crc, (byte) (crc >>> 8), (byte) (crc >>> 16),
                    (byte) (crc >>> 24), (byte) length, (byte) (length >>> 8),
                    (byte) (length >>> 16), (byte) (length >>> 24)});
        }
    }
}
