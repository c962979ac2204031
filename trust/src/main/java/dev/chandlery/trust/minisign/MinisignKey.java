package dev.chandlery.trust.minisign;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.trust.Base64Text;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A public key of minisign. Immutable, thread-safe.
 *
 * <p><b>Spec:</b> minisign, Signature format and Public key format.
 *
 * @param keyId 16 upper-case hexadecimal characters, as minisign shows it
 * @param key 32 bytes of Ed25519
 */
public record MinisignKey(String keyId, Bytes key) {
    private static final int KEY_BYTES = 32;
    private static final int ENCODED_BYTES = 2 + 8 + KEY_BYTES;
    private static final int HASH_BITS = 512;
    private static final int MAX_KEY_CHARACTERS = 4096;
    /** Legacy signatures are over all bytes, which have to be in memory for it. */
    private static final int MAX_LEGACY_BYTES = 128 << 20;
    private static final int BUFFER_BYTES = 64 << 10;

    /**
     * Reads the base64 line ({@code RW...}), or the whole file with its comment.
     *
     * @throws MalformedContentException when it is neither
     */
    public static MinisignKey parse(String text, String what) {
        List<String> lines = text.length() > MAX_KEY_CHARACTERS
                ? List.of()
                : text.lines().filter(line -> !line.isBlank()).toList();
        boolean commented = lines.size() == 2 && lines.getFirst()
                .startsWith(
                        MinisignSignature.UNTRUSTED);
        if (lines.size() != 1 && !commented) {
            throw malformed(what);
        }
        byte[] bytes = Base64Text.decode(lines.getLast().strip(), "minisign key " + what)
                .toArray();
        if (bytes.length != ENCODED_BYTES || bytes[0] != 'E' || bytes[1] != 'd') {
            throw malformed(what);
        }
        Bytes key = Bytes.of(Arrays.copyOfRange(bytes, ENCODED_BYTES - KEY_BYTES, ENCODED_BYTES));
        return new MinisignKey(MinisignSignature.keyId(bytes), key);
    }

    /**
     * Checks a {@code .minisig} file. Reads the content once.
     *
     * @throws UntrustedContentException when the signature is by another key, or not good
     * @throws MalformedContentException when it is no signature
     * @throws StorageException when the content cannot be read
     */
    public MinisignProof verify(Content content, Bytes signature, String what) {
        MinisignSignature parsed = MinisignSignature.parse(signature, what);
        if (!parsed.keyId().equals(keyId)) {
            throw untrusted(what, "expected a minisign signature by key " + keyId + ", got one by "
                    + parsed.keyId());
        }
        if (!isGood(parsed.globalSignature(), parsed.globallySigned())) {
            throw untrusted(what, "the trusted comment is not signed by minisign key " + keyId);
        }
        byte[] message = parsed.prehashed() ? hash(content, what) : all(content, what);
        if (!isGood(parsed.signature(), message)) {
            throw untrusted(what, "expected a good minisign signature by key " + keyId
                    + ", got one over other bytes");
        }
        return new MinisignProof(keyId, parsed.trustedComment());
    }

    private boolean isGood(Bytes signature, byte[] message) {
        return Ed25519.verify(signature.toArray(), 0, key.toArray(), 0, message, 0,
                message.length);
    }

    private static byte[] hash(Content content, String what) {
        Blake2bDigest blake = new Blake2bDigest(HASH_BITS);
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = content.open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                blake.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw unreadable(what, e);
        }
        byte[] hash = new byte[blake.getDigestSize()];
        blake.doFinal(hash, 0);
        return hash;
    }

    private static byte[] all(Content content, String what) {
        try (InputStream in = content.open()) {
            byte[] all = in.readNBytes(MAX_LEGACY_BYTES + 1);
            if (all.length > MAX_LEGACY_BYTES) {
                throw untrusted(what, "a legacy minisign signature of more than "
                        + MAX_LEGACY_BYTES + " bytes is not checked; prehashed ones are");
            }
            return all;
        } catch (IOException e) {
            throw unreadable(what, e);
        }
    }

    private static StorageException unreadable(String what, IOException e) {
        return new StorageException("cannot read " + what + ": " + e.getMessage(), e);
    }

    private static UntrustedContentException untrusted(String what, String cause) {
        return new UntrustedContentException("cannot trust " + what + ": " + cause);
    }

    private static MalformedContentException malformed(String what) {
        return new MalformedContentException("cannot read minisign key " + what
                + ": expected its base64 line, which begins with RW, or its file");
    }

    @Override
    public String toString() {
        return keyId;
    }
}
