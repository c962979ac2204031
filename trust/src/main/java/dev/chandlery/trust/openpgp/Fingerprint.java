package dev.chandlery.trust.openpgp;

import dev.chandlery.oci.MalformedContentException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The full fingerprint of a primary key or subkey; never a short key id.
 *
 * @param hex 40 (v4) or 64 (v6) upper-case hexadecimal characters
 */
public record Fingerprint(String hex)
        implements
        Comparable<Fingerprint> {

    private static final Pattern FORM = Pattern.compile("(?:[0-9A-F]{40}|[0-9A-F]{64})");

    public Fingerprint {
        if (!FORM.matcher(hex).matches()) {
            throw new MalformedContentException("cannot read OpenPGP fingerprint \"" + hex
                    + "\": expected all 40 or 64 hexadecimal characters, as 'gpg --fingerprint'"
                    + " shows them");
        }
    }

    /**
     * Reads it with or without spaces, colons and {@code 0x}, in any case.
     *
     * @throws MalformedContentException for key ids and all else
     */
    public static Fingerprint parse(String text) {
        String plain = text.replaceAll("[\\s:]", "").toUpperCase(Locale.ROOT);
        return new Fingerprint(plain.startsWith("0X") ? plain.substring(2) : plain);
    }

    static Fingerprint of(byte[] bytes) {
        return new Fingerprint(HexFormat.of().withUpperCase().formatHex(bytes));
    }

    @Override
    public int compareTo(Fingerprint other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
