package dev.chandlery.trust.openpgp;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.openpgp.PGPMarker;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/**
 * Takes files apart into OpenPGP objects.
 *
 * <p><b>Spec:</b> RFC 9580, sections 4 (packets) and 6.2 (armour).
 */
final class Packets {
    /** Keys with many certifications reach some 100 KiB. */
    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_OBJECTS = 256;
    private static final Pattern BEGIN = Pattern.compile(
            "-----BEGIN PGP ([A-Z0-9 ,/]{1,40}+)-----");
    /** The bit that every packet begins with, and no text. */
    private static final int PACKET_BIT = 0x80;

    private Packets() {}

    /**
     * The objects of a binary file, or of all armoured blocks, which must have that label.
     *
     * @param label such as {@code SIGNATURE}
     * @throws MalformedContentException when there is anything else
     */
    static List<Object> read(Bytes file, String label, String what) {
        if (file.size() == 0 || file.size() > MAX_BYTES) {
            throw malformed(what, "expected 1 to " + MAX_BYTES + " bytes of OpenPGP, got " + file
                    .size());
        }
        byte[] bytes = file.toArray();
        if ((bytes[0] & PACKET_BIT) != 0) {
            return objects(new ByteArrayInputStream(bytes), what);
        }
        List<Object> all = new ArrayList<>();
        for (String block : blocks(new String(bytes, StandardCharsets.ISO_8859_1), label, what)) {
            all.addAll(objects(new ByteArrayInputStream(block.getBytes(
                    StandardCharsets.ISO_8859_1)), what));
        }
        return all;
    }

    private static List<String> blocks(String text, String label, String what) {
        List<String> blocks = new ArrayList<>();
        Matcher begin = BEGIN.matcher(text);
        int at = 0;
        while (begin.find(at)) {
            if (!begin.group(1).equals(label)) {
                throw malformed(what, "expected armoured PGP " + label + ", got PGP " + begin
                        .group(1));
            }
            String end = "-----END PGP " + label + "-----";
            int last = text.indexOf(end, begin.end());
            if (last < 0 || blocks.size() >= MAX_OBJECTS) {
                throw malformed(what, "it is cut off, or there are too many blocks");
            }
            at = last + end.length();
            blocks.add(text.substring(begin.start(), at) + "\n");
        }
        if (blocks.isEmpty()) {
            throw malformed(what, "expected PGP " + label + ", armoured or binary");
        }
        return blocks;
    }

    /** Bouncy Castle tells of bad packets in many ways. */
    private static List<Object> objects(InputStream in, String what) {
        try {
            InputStream decoded = armoured(in);
            PGPObjectFactory factory = new PGPObjectFactory(decoded,
                    new BcKeyFingerprintCalculator());
            List<Object> objects = new ArrayList<>();
            for (Object next = factory.nextObject(); next != null; next = factory.nextObject()) {
                if (!(next instanceof PGPMarker)) {
                    objects.add(next);
                }
                if (objects.size() > MAX_OBJECTS) {
                    throw malformed(what, "there are more than " + MAX_OBJECTS + " parts");
                }
            }
            return objects;
        } catch (MalformedContentException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new MalformedContentException("cannot read " + what + ": it is no OpenPGP: " + e
                    .getMessage(), e);
        }
    }

    private static InputStream armoured(InputStream in) throws IOException {
        in.mark(1);
        int first = in.read();
        in.reset();
        return (first & PACKET_BIT) != 0 ? in : new ArmoredInputStream(in);
    }

    static MalformedContentException malformed(String what, String cause) {
        return new MalformedContentException("cannot read " + what + ": " + cause);
    }
}
