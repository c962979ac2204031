package dev.chandlery.publisher.pack;

import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes of a tar on their way to its reader, which holds in memory what stands in front of an entry: long names
 * and pax headers of a few KiB are honest, of gigabytes they are not. Not thread-safe.
 */
final class HeaderBudget extends FilterInputStream {
    private static final int MOST_HEADER_BYTES = 1024 * 1024;
    /** What writers fill their last record with; GNU tar takes 10 KiB, some take more. */
    private static final int BUFFER = 64 * 1024;

    private final String archive;
    private boolean inHeaders;
    private long left;

    /** @param archive its file name, for messages */
    HeaderBudget(InputStream in, String archive) {
        super(in);
        this.archive = archive;
    }

    /** What is read from now on is in front of an entry. */
    void headers() {
        inHeaders = true;
        left = MOST_HEADER_BYTES;
    }

    /** What is read from now on is content, which others count. */
    void content() {
        inHeaders = false;
    }

    /**
     * Reads to the end, so that a compressor's own checksum is compared. Other readers would go on behind the end
     * of the tar, and find other files there.
     *
     * @throws MalformedContentException when there is something
     */
    void requireEnd() throws IOException {
        headers();
        byte[] buffer = new byte[BUFFER];
        for (int n = read(buffer); n >= 0; n = read(buffer)) {
            for (int i = 0; i < n; i++) {
                if (buffer[i] != 0) {
                    throw new MalformedContentException("cannot open " + archive
                            + ": there is something behind the end of its tar");
                }
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = in.read(buffer, offset, length);
        count(Math.max(0, n));
        return n;
    }

    @Override
    public long skip(long count) throws IOException {
        long n = in.skip(count);
        count(n);
        return n;
    }

    private void count(long bytes) {
        left -= bytes;
        if (inHeaders && left < 0) {
            throw new LimitExceededException("cannot open " + archive + ": more than "
                    + MOST_HEADER_BYTES + " bytes of headers at one entry");
        }
    }
}
