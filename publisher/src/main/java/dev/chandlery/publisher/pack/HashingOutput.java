package dev.chandlery.publisher.pack;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Hashes and counts what passes through; closing twice is harmless. */
final class HashingOutput extends OutputStream {
    private final OutputStream out;
    private final MessageDigest hash = Algorithm.SHA256.newMessageDigest();
    private long size;
    private boolean closed;

    HashingOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        hash.update(bytes, offset, length);
        size += length;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            out.close();
        }
    }

    /** Of all that passed; to be asked for once, at the end. */
    Digest digest() {
        return Digest.of(Algorithm.SHA256, hash);
    }

    long size() {
        return size;
    }
}
