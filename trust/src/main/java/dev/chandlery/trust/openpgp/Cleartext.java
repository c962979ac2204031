package dev.chandlery.trust.openpgp;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text with its signature around it. Only what is between is the text: a file with anything before or behind
 * is none, so that nobody reads what nobody signed.
 *
 * <p><b>Spec:</b> RFC 9580, section 7, Cleartext Signature Framework.
 *
 * @param lines of the text, without escapes, and without white space at their ends
 * @param signature armoured
 */
public record Cleartext(List<String> lines, Bytes signature) {
    private static final String MESSAGE = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String END = "-----END PGP SIGNATURE-----";
    private static final int MAX_BYTES = 16 << 20;

    public Cleartext {
        lines = List.copyOf(lines);
    }

    /**
     * Reads a file that begins as such a text; empty for all others.
     *
     * @param what name of the file, for messages
     * @throws MalformedContentException when it only begins like one
     */
    public static Optional<Cleartext> find(Bytes file, String what) {
        if (file.size() > MAX_BYTES) {
            return Optional.empty();
        }
        String text = new String(file.toArray(), StandardCharsets.ISO_8859_1);
        List<String> all = List.of(text.split("\r?\n", -1));
        if (!all.getFirst().stripTrailing().equals(MESSAGE)) {
            return Optional.empty();
        }
        int body = all.indexOf("") + 1;
        int signature = index(all, SIGNATURE);
        int end = index(all, END);
        boolean form = body > 0 && body <= signature && signature < end && all.subList(1, body - 1)
                .stream()
                .allMatch(line -> line.startsWith("Hash: ")) && all.subList(end + 1, all.size())
                        .stream()
                        .allMatch(String::isBlank);
        if (!form) {
            throw Packets.malformed(what, "expected a signed text, nothing but Hash in its headers,"
                    + " its signature, and nothing behind");
        }
        return Optional.of(new Cleartext(plain(all.subList(body, signature), what), Bytes.ofUtf8(
                String.join("\n", all.subList(signature, end + 1)) + "\n")));
    }

    /** The text, in lines that end as on Unix. */
    public Bytes text() {
        return Bytes.of((String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What is signed: lines that end in CR and LF, but the last one. */
    Bytes canonical() {
        return Bytes.of(String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static int index(List<String> lines, String wanted) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).stripTrailing().equals(wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> plain(List<String> escaped, String what) {
        List<String> plain = new ArrayList<>();
        for (String line : escaped) {
            boolean dashed = line.startsWith("- ");
            if (line.startsWith("-") && !dashed) {
                throw Packets.malformed(what, "a line of the signed text begins with a dash that is"
                        + " not escaped");
            }
            plain.add((dashed ? line.substring(2) : line).replaceFirst("[ \t]+$", ""));
        }
        return plain;
    }
}
