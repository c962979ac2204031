package dev.chandlery.publisher.pack.deflate;

import java.io.IOException;
import java.io.OutputStream;

/** Bits, the lowest first, as RFC 1951 packs them. Not thread-safe. */
final class BitOutput {
    private static final int BUFFER = 64 * 1024;
    private static final int WORD = 32;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int used;
    private long bits;
    private int count;

    BitOutput(OutputStream out) {
        this.out = out;
    }

    /** @param length at most 32; the value has no other bits */
    void put(int value, int length) throws IOException {
        bits |= (value & 0xffffffffL) << count;
        count += length;
        if (count >= WORD) {
            word();
        }
    }

    private void word() throws IOException {
        if (used > BUFFER - Integer.BYTES) {
            flush();
        }
        buffer[used++] = (byte) bits;
        buffer[used++] = (byte) (bits >>> 8);
        buffer[used++] = (byte) (bits >>> 16);
        buffer[used++] = (byte) (bits >>> 24);
        bits >>>= WORD;
        count -= WORD;
    }

    /** Fills up the last byte by zeros, so that bytes may follow. */
    void align() throws IOException {
        for (; count > 0; count -= 8) {
            if (used == BUFFER) {
                flush();
            }
            buffer[used++] = (byte) bits;
            bits >>>= 8;
        }
        count = 0;
        bits = 0;
    }

    /** Bytes as they are; only when aligned. */
    void bytes(byte[] from, int offset, int length) throws IOException {
        flush();
        out.write(from, offset, length);
    }

    /** Passes on whole bytes. */
    void flush() throws IOException {
        out.write(buffer, 0, used);
        used = 0;
    }
}
