package dev.chandlery.publisher.pack.deflate;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Passes compressed bytes on, and reads them back by the platform's inflater on the way: what users will unpack is
 * never taken on trust from a compressor of our own. Not thread-safe.
 */
final class ReadBack extends FilterOutputStream {
    private static final int BUFFER = 64 * 1024;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] one = new byte[1];

    ReadBack(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        one[0] = (byte) b;
        write(one, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        inflater.setInput(bytes, offset, length);
        try {
            int read = inflater.inflate(buffer);
            while (read > 0) {
                checksum.update(buffer, 0, read);
                read = inflater.inflate(buffer);
            }
        } catch (DataFormatException e) {
            throw broken(String.valueOf(e.getMessage()));
        }
        out.write(bytes, offset, length);
    }

    /**
     * @throws IOException unless the stream ended here, and what came out is what went in
     */
    void check(CRC32 expected, long size) throws IOException {
        if (!inflater.finished() || inflater.getRemaining() > 0) {
            throw broken("it does not end where it should");
        }
        if (inflater.getBytesWritten() != size || checksum.getValue() != expected.getValue()) {
            throw broken("expected " + size + " bytes with checksum " + Long.toHexString(expected
                    .getValue()) + ", got " + inflater.getBytesWritten() + " with " + Long
                            .toHexString(checksum.getValue()));
        }
    }

    private static IOException broken(String what) {
        return new IOException("cannot read back what was compressed: " + what
                + "; this is a defect of the compressor, please report it");
    }

    /** Frees the inflater; what is behind stays open. */
    @Override
    public void close() {
        inflater.end();
    }
}
