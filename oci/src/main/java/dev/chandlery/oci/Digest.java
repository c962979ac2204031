package dev.chandlery.oci;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * A content address: algorithm and encoded hash, written {@code sha256:<64 hex>}.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Content Descriptors, Digests. Only registered algorithms and
 * lower-case hexadecimal are accepted, so a digest is always safe as a file name.
 *
 * @param algorithm the hash function
 * @param encoded lower-case hexadecimal of the algorithm's length
 */
public record Digest(Algorithm algorithm, String encoded)
        implements
        Identifier,
        Comparable<Digest> {

    private static final int COPY_BUFFER_BYTES = 64 * 1024;

    public Digest {
        Objects.requireNonNull(algorithm);
        if (encoded.length() != algorithm.encodedLength() || !isLowerHex(encoded)) {
            throw new InvalidReferenceException("digest", algorithm.label() + ":" + encoded,
                    "expected " + algorithm.encodedLength() + " lower-case hexadecimal characters");
        }
    }

    /**
     * Reads {@code algorithm:encoded}.
     *
     * @throws InvalidReferenceException when the text is not a digest of a registered algorithm
     */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidReferenceException("digest", text, "expected algorithm:hex");
        }
        Algorithm algorithm = Algorithm.find(text.substring(0, colon))
                .orElseThrow(() -> new InvalidReferenceException("digest", text,
                        "unsupported algorithm, expected sha256 or sha512"));
        return new Digest(algorithm, text.substring(colon + 1));
    }

    /** As {@link #parse}, but empty instead of an exception. */
    public static Optional<Digest> find(String text) {
        try {
            return Optional.of(parse(text));
        } catch (InvalidReferenceException e) {
            return Optional.empty();
        }
    }

    /** The SHA-256 of the bytes. */
    public static Digest ofBytes(byte[] bytes) {
        return ofBytes(Algorithm.SHA256, bytes);
    }

    public static Digest ofBytes(Algorithm algorithm, byte[] bytes) {
        MessageDigest md = algorithm.newMessageDigest();
        md.update(bytes);
        return of(algorithm, md);
    }

    /** Finishes the hash state, which is reset by that. */
    public static Digest of(Algorithm algorithm, MessageDigest finished) {
        return new Digest(algorithm, HexFormat.of().formatHex(finished.digest()));
    }

    /** Hashes a whole file; blocking. */
    public static Digest ofFile(Algorithm algorithm, Path file) throws IOException {
        MessageDigest md = algorithm.newMessageDigest();
        byte[] buffer = new byte[COPY_BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                md.update(buffer, 0, n);
            }
        }
        return of(algorithm, md);
    }

    /** The canonical text, {@code algorithm:encoded}. */
    @Override
    public String toString() {
        return algorithm.label() + ":" + encoded;
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    private static boolean isLowerHex(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
