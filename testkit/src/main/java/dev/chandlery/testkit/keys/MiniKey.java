package dev.chandlery.testkit.keys;

import dev.chandlery.oci.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/** A fresh key of minisign; all of them have the same id, as a forger's would. */
public final class MiniKey {
    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8};
    private final KeyPair pair;

    /** Makes one. */
    public MiniKey() {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The line that people pin. */
    public String line() {
        byte[] encoded = pair.getPublic().getEncoded();
        return base64(new byte[]{'E', 'd'}, ID, Arrays.copyOfRange(encoded, encoded.length - 32,
                encoded.length));
    }

    /** The file beside a signed one, prehashed as minisign does today. */
    public String sign(Bytes content, String comment) {
        Blake2bDigest hash = new Blake2bDigest(512);
        hash.update(content.toArray(), 0, content.size());
        byte[] digest = new byte[64];
        hash.doFinal(digest, 0);
        return file(new byte[]{'E', 'D'}, signed(digest), comment);
    }

    /** As {@link #sign}, in the form of before version 0.10: over the bytes themselves. */
    public String signLegacy(Bytes content, String comment) {
        return file(new byte[]{'E', 'd'}, signed(content.toArray()), comment);
    }

    private String file(byte[] algorithm, byte[] signature, String comment) {
        byte[] global = signed(concat(signature, Bytes.ofUtf8(comment).toArray()));
        return "untrusted comment: test\n" + base64(algorithm, ID, signature)
                + "\ntrusted comment: " + comment + "\n" + base64(global) + "\n";
    }

    private byte[] signed(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[]... parts) {
        return Base64.getEncoder().encodeToString(concat(parts));
    }

    private static byte[] concat(byte[]... parts) {
        return org.bouncycastle.util.Arrays.concatenate(parts);
    }
}
