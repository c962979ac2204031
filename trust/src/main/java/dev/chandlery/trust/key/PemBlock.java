package dev.chandlery.trust.key;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.trust.JsonDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file. Text around blocks is ignored, headers inside are not known to the formats that
 * we read and make a block malformed.
 *
 * <p><b>Spec:</b> RFC 7468, lax.
 *
 * @param label such as {@code PUBLIC KEY}
 * @param content decoded
 */
public record PemBlock(String label, Bytes content) {
    private static final int LINE_CHARACTERS = 64;
    /** Possessive, so that hostile text cannot make it try again and again. */
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ([A-Z0-9 ]{1,64}+)-----([^-]*+)-----END \\1-----");

    /**
     * All blocks of a file, in its order.
     *
     * @throws MalformedContentException when a block is no base64; the message repeats nothing of it
     */
    public static List<PemBlock> parse(Bytes file, String what) {
        JsonDocument.requireSize(file, what);
        List<PemBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(new String(file.toArray(), StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            blocks.add(new PemBlock(matcher.group(1), decode(matcher.group(2), what)));
        }
        return blocks;
    }

    /** With begin and end line, in lines of 64 characters, and a line feed at the end. */
    public Bytes toPem() {
        String body = Base64.getMimeEncoder(LINE_CHARACTERS, new byte[]{'\n'})
                .encodeToString(content.toArray());
        return Bytes.ofUtf8("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label
                + "-----\n");
    }

    private static Bytes decode(String body, String what) {
        try {
            return Bytes.of(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            // Without the cause: its message would show a character of a secret.
            throw new MalformedContentException("cannot read " + what
                    + ": expected base64 between the lines of a PEM block");
        }
    }

    /** Never the content, which may be a private key. */
    @Override
    public String toString() {
        return label;
    }
}
