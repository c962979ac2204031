package dev.chandlery.oci.tar;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where the content of an entry lies in an archive.
 *
 * @param start of its header
 * @param content of its first byte
 * @param size of the content in bytes
 */
public record Region(long start, long content, long size) {

    /** Where the next entry begins. */
    public long end() {
        return content + size + TarEntry.padding(size);
    }

    /** Its bytes; closes the file at its own close. */
    public InputStream open(RandomReads file) {
        return new InputStream() {
            private long count;

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
                long left = size - count;
                if (left == 0) {
                    return -1;
                }
                int n = file.read(content + count, buffer, offset, (int) Math.min(length, left));
                count += Math.max(n, 0);
                return n;
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
