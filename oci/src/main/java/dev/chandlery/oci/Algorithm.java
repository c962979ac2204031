package dev.chandlery.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A digest algorithm that the image specification registers.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Content Descriptors, Registered Algorithms.
 */
public enum Algorithm {
    SHA256("sha256", "SHA-256", 64), SHA512("sha512", "SHA-512", 128);

    private final String label;
    private final String jcaName;
    private final int encodedLength;

    Algorithm(String label, String jcaName, int encodedLength) {
        this.label = label;
        this.jcaName = jcaName;
        this.encodedLength = encodedLength;
    }

    /** The identifier before the colon of a digest, such as {@code sha256}; case matters. */
    public String label() {
        return label;
    }

    /** Number of lower-case hexadecimal characters of an encoded value. */
    public int encodedLength() {
        return encodedLength;
    }

    /** A fresh, empty hash state; not thread-safe. */
    public MessageDigest newMessageDigest() {
        try {
            return MessageDigest.getInstance(jcaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform provides " + jcaName, e);
        }
    }

    /** The algorithm of that label, empty when it is not one that we can compute. */
    public static Optional<Algorithm> find(String label) {
        return Arrays.stream(values()).filter(a -> a.label.equals(label)).findFirst();
    }
}
