package dev.chandlery.upstream;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes the bytes of one download in all the ways that upstreams state, in one pass. Not thread-safe. */
public final class FileHashes {
    private final MessageDigest sha256 = Algorithm.SHA256.newMessageDigest();
    private final MessageDigest sha512 = Algorithm.SHA512.newMessageDigest();
    private final MessageDigest sha1 = sha1Hash();
    private long size;

    /** Takes the next bytes; the buffer's position is left as it is. */
    public void update(ByteBuffer data) {
        size += data.remaining();
        sha256.update(data.duplicate());
        sha512.update(data.duplicate());
        sha1.update(data.duplicate());
    }

    /** What all bytes come to; to be asked for once, at the end. */
    public Result finish() {
        return new Result(Digest.of(Algorithm.SHA256, sha256), Digest.of(Algorithm.SHA512, sha512),
                HexFormat.of().formatHex(sha1.digest()), size);
    }

    /**
     * Hashes of a whole file.
     *
     * @param sha1 in hexadecimal; proves nothing today, but shows accidents
     * @param size in bytes
     */
    public record Result(Digest sha256, Digest sha512, String sha1, long size) {

        /** The digest in the algorithm of another one. */
        public Digest like(Digest other) {
            return switch (other.algorithm()) {
                case SHA256 -> sha256;
                case SHA512 -> sha512;
            };
        }
    }

    private static MessageDigest sha1Hash() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
