package dev.chandlery.manager.pull;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * A layer's tar as it comes out of decompression: hashed, skipped bytes included, and counted. What cannot
 * be decompressed is malformed content, so that an {@link IOException} of the unpacking is one of writing.
 */
final class LayerInput extends FilterInputStream {
    private static final int SKIP = 64 * 1024;

    private final MessageDigest hash = Algorithm.SHA256.newMessageDigest();
    private long count;
    private long limit = Long.MAX_VALUE;
    private String limited = "";

    /** @param tar decompressed; closed by the caller */
    LayerInput(InputStream tar) {
        super(tar);
    }

    /** Bytes that were read. */
    long count() {
        return count;
    }

    /**
     * Replaces the limit.
     *
     * @param bytes that may be read from now on
     * @param what they are, for the message
     */
    void limit(long bytes, String what) {
        limit = count + bytes;
        limited = what + ": more than " + bytes + " bytes";
    }

    /** Of all that was read. */
    Digest digest() {
        return Digest.of(Algorithm.SHA256, hash);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = readInner(buffer, offset, length);
        if (n > 0) {
            hash.update(buffer, offset, n);
            count += n;
        }
        if (count > limit) {
            throw new LimitExceededException("cannot unpack " + limited);
        }
        return n;
    }

    private int readInner(byte[] buffer, int offset, int length) {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException e) {
            throw new MalformedContentException("cannot decompress layer: " + e.getMessage(), e);
        }
    }

    @Override
    public long skip(long n) throws IOException {
        return readNBytes((int) Math.min(n, SKIP)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
