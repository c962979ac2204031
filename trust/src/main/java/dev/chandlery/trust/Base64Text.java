package dev.chandlery.trust;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import java.util.Base64;

/** Base64 as proofs hold it. */
public final class Base64Text {

    private Base64Text() {}

    /**
     * Decodes both alphabets of RFC 4648, with or without padding, and nothing else.
     *
     * @throws MalformedContentException when the text is no base64
     */
    public static Bytes decode(String text, String what) {
        try {
            return Bytes.of(Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException e) {
            throw new MalformedContentException("cannot read " + what + ": expected base64", e);
        }
    }

    /** The standard alphabet with padding, on one line. */
    public static String encode(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
