package dev.chandlery.oci.tar;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A file that is read at any place. */
public interface RandomReads extends Closeable {

    /** As {@link java.io.InputStream#read(byte[], int, int)}, from that position. */
    int read(long position, byte[] buffer, int offset, int length) throws IOException;

    /** Bytes of the file. */
    long size() throws IOException;

    /** Opens the file; not by a channel, which an interrupted thread would close for all. */
    static RandomReads open(Path file) throws IOException {
        return of(new RandomAccessFile(file.toFile(), "r"));
    }

    /** Not safe for several threads. */
    static RandomReads of(RandomAccessFile file) {
        return new RandomReads() {
            @Override
            public int read(long position, byte[] buffer, int offset, int length)
                    throws IOException {
                file.seek(position);
                return file.read(buffer, offset, length);
            }

            @Override
            public long size() throws IOException {
                return file.length();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    /** Fills the array, or gives what there is until the end of the file. */
    default int readFully(long position, byte[] buffer) throws IOException {
        int count = 0;
        while (count < buffer.length) {
            int n = read(position + count, buffer, count, buffer.length - count);
            if (n < 0) {
                return count;
            }
            count += n;
        }
        return count;
    }
}
