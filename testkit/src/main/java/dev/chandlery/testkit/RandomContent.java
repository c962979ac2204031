package dev.chandlery.testkit;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.content.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Random;

/**
 * Content of any size that takes no memory: equal seeds and sizes give equal bytes.
 *
 * @param sizeBytes of the whole
 */
public record RandomContent(long seed, long sizeBytes) implements Content {
    private static final int BLOCK_BYTES = 8 * 1024;

    /** Reads all to hash it. */
    public Descriptor descriptor(MediaType mediaType) {
        MessageDigest hash = Algorithm.SHA256.newMessageDigest();
        try (InputStream in = new DigestInputStream(open(), hash)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Descriptor.of(mediaType, Digest.of(Algorithm.SHA256, hash), sizeBytes);
    }

    @Override
    public InputStream open() {
        return new Blocks(new Random(seed), sizeBytes);
    }

    private static final class Blocks extends InputStream {
        private final Random random;
        private final byte[] block = new byte[BLOCK_BYTES];
        private int used = BLOCK_BYTES;
        private long left;

        Blocks(Random random, long left) {
            this.random = random;
            this.left = left;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            if (used == BLOCK_BYTES) {
                random.nextBytes(block);
                used = 0;
            }
            int n = (int) Math.min(Math.min(length, left), BLOCK_BYTES - used);
            System.arraycopy(block, used, buffer, offset, n);
            used += n;
            left -= n;
            return n;
        }
    }
}
