package dev.chandlery.bench.copy.stock;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Bytes of any length that differ by their name and are the same in every run. They begin as gzip does, so
 * that no client compresses them; the rest is noise. Takes no memory of its own.
 */
record Noise(String name, long size) {
    private static final int PIECE_BYTES = 1 << 20;
    private static final int HEAD_BYTES = 64;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final ByteBuffer SHARED = shared();

    private static ByteBuffer shared() {
        byte[] bytes = new byte[PIECE_BYTES];
        new Random(PIECE_BYTES).nextBytes(bytes);
        return ByteBuffer.allocateDirect(PIECE_BYTES).put(bytes).flip().asReadOnlyBuffer();
    }

    /** The bytes, in as many buffers as it takes. */
    ByteBuffer[] buffers() {
        byte[] head = new byte[HEAD_BYTES];
        System.arraycopy(GZIP, 0, head, 0, GZIP.length);
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, head, GZIP.length, Math.min(text.length, HEAD_BYTES
                - GZIP.length));
        List<ByteBuffer> buffers = new ArrayList<>();
        buffers.add(ByteBuffer.wrap(head, 0, (int) Math.min(HEAD_BYTES, size)));
        for (long left = size - HEAD_BYTES; left > 0; left -= PIECE_BYTES) {
            buffers.add(SHARED.duplicate().limit((int) Math.min(PIECE_BYTES, left)));
        }
        return buffers.toArray(ByteBuffer[]::new);
    }

    String digest() {
        MessageDigest hash = Algorithm.SHA256.newMessageDigest();
        for (ByteBuffer buffer : buffers()) {
            hash.update(buffer);
        }
        return Digest.of(Algorithm.SHA256, hash).toString();
    }
}
