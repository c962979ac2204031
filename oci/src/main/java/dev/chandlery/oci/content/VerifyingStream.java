package dev.chandlery.oci.content;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Gives exactly the bytes that a descriptor names, and closes what it reads from. The last of them are given
 * only when size and digest match, so that no reader can take wrong content for whole.
 */
public final class VerifyingStream extends FilterInputStream {
    private static final int SKIP_BYTES = 64 * 1024;

    private final Descriptor expected;
    private final String what;
    private final boolean exact;
    private final MessageDigest hash;
    private long count;
    private boolean verified;

    /** Takes bytes after the end for a mismatch. */
    public VerifyingStream(InputStream in, Descriptor expected, String what) {
        this(in, expected, what, true);
    }

    /**
     * @param what is read and from where, for messages, such as {@code blob sha256:... of layout /x}
     * @param exact whether bytes after the end are a mismatch; else they are not even waited for
     */
    public VerifyingStream(InputStream in, Descriptor expected, String what, boolean exact) {
        super(in);
        this.exact = exact;
        this.expected = expected;
        this.what = what;
        this.hash = expected.digest().algorithm().newMessageDigest();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws ContentMismatchException when the content ends early, goes on, or has another digest */
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
        return n <= 0 ? 0 : readNBytes((int) Math.min(n, SKIP_BYTES)).length;
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
            throw new ContentMismatchException(what, expected.digest().toString(), actual
                    .toString());
        }
        if (exact && in.read() >= 0) {
            throw new ContentMismatchException(what, expected.size() + " bytes", "more");
        }
        verified = true;
    }
}
