package dev.chandlery.oci;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable byte sequence with value equality; for manifests and other small content. */
public final class Bytes {
    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    public static Bytes of(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    public static Bytes ofUtf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return array.length;
    }

    public byte[] toArray() {
        return array.clone();
    }

    /** A stream over the bytes, without a copy. */
    public InputStream openStream() {
        return new ByteArrayInputStream(array);
    }

    /** The SHA-256 of the bytes. */
    public Digest digest() {
        return Digest.ofBytes(array);
    }

    public Digest digest(Algorithm algorithm) {
        return Digest.ofBytes(algorithm, array);
    }

    public String utf8() {
        return new String(array, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return array.length + " bytes";
    }
}
