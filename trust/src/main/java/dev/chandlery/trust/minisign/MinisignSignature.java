package dev.chandlery.trust.minisign;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.trust.Base64Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A {@code .minisig} file.
 *
 * @param prehashed whether BLAKE2b-512 of the content is signed, or the content itself
 * @param keyId of the signer, as it claims
 * @param signature 64 bytes, of the content
 * @param trustedComment without its prefix
 * @param globalSignature 64 bytes, of signature and trusted comment
 */
record MinisignSignature(boolean prehashed, String keyId, Bytes signature, String trustedComment,
        Bytes globalSignature) {
    static final String UNTRUSTED = "untrusted comment:";

    private static final String TRUSTED = "trusted comment: ";
    private static final int MAX_BYTES = 16 << 10;
    private static final int LINES = 4;
    private static final int HEAD_BYTES = 2 + 8;
    private static final int SIGNATURE_BYTES = 64;

    /** @param what name of the signed file, for messages */
    static MinisignSignature parse(Bytes file, String what) {
        if (file.size() > MAX_BYTES) {
            throw malformed(what, "expected at most " + MAX_BYTES + " bytes, got " + file.size());
        }
        List<String> lines = strictUtf8(file, what).lines().toList();
        boolean form = lines.size() == LINES && lines.get(0).startsWith(UNTRUSTED) && lines.get(2)
                .startsWith(TRUSTED);
        if (!form) {
            throw malformed(what, "expected four lines: untrusted comment, signature, trusted"
                    + " comment, global signature");
        }
        byte[] signed = decode(lines.get(1), HEAD_BYTES + SIGNATURE_BYTES, what);
        if (signed[0] != 'E' || (signed[1] != 'd' && signed[1] != 'D')) {
            throw malformed(what, "expected algorithm Ed or ED");
        }
        Bytes signature = Bytes.of(Arrays.copyOfRange(signed, HEAD_BYTES, signed.length));
        Bytes global = Bytes.of(decode(lines.get(3), SIGNATURE_BYTES, what));
        return new MinisignSignature(signed[1] == 'D', keyId(signed), signature, comment(lines.get(
                2), what), global);
    }

    /** What the global signature is over. */
    byte[] globallySigned() {
        byte[] comment = trustedComment.getBytes(StandardCharsets.UTF_8);
        byte[] signed = Arrays.copyOf(signature.toArray(), SIGNATURE_BYTES + comment.length);
        System.arraycopy(comment, 0, signed, SIGNATURE_BYTES, comment.length);
        return signed;
    }

    /** Of a key or signature, behind two bytes of algorithm; minisign shows it as a number. */
    static String keyId(byte[] encoded) {
        return "%016X".formatted(ByteBuffer.wrap(encoded, 2, Long.BYTES)
                .order(
                        ByteOrder.LITTLE_ENDIAN)
                .getLong());
    }

    /** Terminals and logs show it to people, so it must not move the cursor or hide text. */
    private static String comment(String line, String what) {
        String comment = line.substring(TRUSTED.length());
        if (comment.chars()
                .anyMatch(c -> c != '\t' && (Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT))) {
            throw malformed(what, "the trusted comment has control characters");
        }
        return comment;
    }

    private static byte[] decode(String line, int expected, String what) {
        byte[] bytes = Base64Text.decode(line, "minisign signature of " + what).toArray();
        if (bytes.length != expected) {
            throw malformed(what, "expected " + expected + " bytes in base64, got "
                    + bytes.length);
        }
        return bytes;
    }

    private static String strictUtf8(Bytes file, String what) {
        try {
            return StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(file.toArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedContentException("cannot read minisign signature of " + what
                    + ": expected text in UTF-8", e);
        }
    }

    private static MalformedContentException malformed(String what, String cause) {
        return new MalformedContentException("cannot read minisign signature of " + what + ": "
                + cause);
    }
}
