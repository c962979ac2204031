package dev.chandlery.oci.client;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Gives exactly the bytes that a descriptor names. The last of them are given only when all match: so
 * neither a reader can take wrong content for whole, nor can an upload of wrong content complete.
 */
final class VerifyingStream extends FilterInputStream {
    private final Descriptor expected;
    private final String what;
    private final boolean exact;
    private final MessageDigest hash;
    private long count;
    private boolean verified;

    /** @param exact whether bytes after the end are a mismatch; else they are not even read */
    VerifyingStream(InputStream in, Descriptor expected, String what, boolean exact) {
        super(in);
        this.expected = expected;
        this.what = what;
        this.exact = exact;
        this.hash = expected.digest().algorithm().newMessageDigest();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        long left = expected.size() - count;
        if (left == 0) {
            verify();
            return -1;
        }
        int n = in.read(buffer, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw new ContentMismatchException(what, expected.size() + " bytes", count + " bytes");
        }
        hash.update(buffer, offset, n);
        count += n;
        if (count == expected.size()) {
            verify();
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        return readNBytes(Math.toIntExact(Math.min(n, 64L * 1024))).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void verify() throws IOException {
        if (verified) {
            return;
        }
        Digest actual = Digest.of(expected.digest().algorithm(), hash);
        if (!actual.equals(expected.digest())) {
            throw new ContentMismatchException(what, expected.digest().toString(),
                    actual.toString());
        }
        if (exact && in.read() >= 0) {
            throw new ContentMismatchException(what, expected.size() + " bytes", "more");
        }
        verified = true;
    }
}
