package dev.chandlery.trust.key;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.trust.Base64Text;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/**
 * A public key that signatures are checked with: ECDSA on P-256, P-384 or P-521, Ed25519, or RSA of 2048 to
 * 8192 bits. Equal when the keys are. Thread-safe.
 */
public final class VerificationKey {
    private static final String LABEL = "PUBLIC KEY";
    private static final List<String> FACTORIES = List.of("EC", "Ed25519", "RSA");
    private static final int MIN_RSA_BITS = 2048;
    /** Larger ones cost seconds for each signature, and nobody uses them. */
    private static final int MAX_RSA_BITS = 8192;
    private static final int MAX_KEY_BYTES = 64 << 10;
    private static final int BUFFER_BYTES = 64 << 10;

    private final PublicKey key;
    private final Bytes encoded;

    private VerificationKey(PublicKey key) {
        this.key = key;
        this.encoded = Bytes.of(key.getEncoded());
    }

    /**
     * Reads {@code -----BEGIN PUBLIC KEY-----}, or the same in DER.
     *
     * @param what for messages, such as the name of the file
     * @throws MalformedContentException when it is no such key, or too weak
     */
    public static VerificationKey read(Bytes content, String what) {
        if (content.size() > MAX_KEY_BYTES) {
            throw malformed(what, "expected a public key of at most " + MAX_KEY_BYTES
                    + " bytes, got " + content.size());
        }
        List<PemBlock> blocks = PemBlock.parse(content, what);
        if (blocks.isEmpty()) {
            return ofDer(content, what);
        }
        if (blocks.size() > 1 || !blocks.getFirst().label().equals(LABEL)) {
            throw malformed(what, "expected one block " + LABEL + ", got " + blocks);
        }
        return ofDer(blocks.getFirst().content(), what);
    }

    /**
     * A key of the Java platform.
     *
     * @throws MalformedContentException when it is of another kind, or too weak
     */
    public static VerificationKey of(PublicKey key, String what) {
        return switch (key) {
            case ECPublicKey _,EdECPublicKey _ -> new VerificationKey(key);
            case RSAPublicKey rsa -> requireStrong(rsa, what);
            default -> throw malformed(what, "expected a key for ECDSA, Ed25519 or RSA, got "
                    + key.getAlgorithm());
        };
    }

    /** The key as DER, a SubjectPublicKeyInfo. */
    public Bytes encoded() {
        return encoded;
    }

    /** {@code -----BEGIN PUBLIC KEY-----}, with a line feed at the end. */
    public Bytes pem() {
        return new PemBlock(LABEL, encoded).toPem();
    }

    /** What cosign writes as {@code publicKey.hint}: base64 of the SHA-256 of {@link #encoded}. */
    public String hint() {
        return Base64Text.encode(Bytes.of(HexFormat.of().parseHex(encoded.digest().encoded())));
    }

    /**
     * Whether the signature is of this message by this key; false for signatures that cannot even be read.
     * ECDSA and RSA (PKCS #1 v1.5) are over SHA-256; ECDSA on P-384 and P-521 also over SHA-384 and SHA-512,
     * as OpenSSL and cosign differ in it.
     */
    public boolean verifies(Bytes message, Bytes signature) {
        return algorithms().stream()
                .anyMatch(algorithm -> check(algorithm, message::openStream,
                        signature));
    }

    /**
     * As {@link #verifies(Bytes, Bytes)}, of content that is read from its beginning, twice at most.
     *
     * @throws StorageException when the content cannot be read
     */
    public boolean verifies(Content message, Bytes signature) {
        return algorithms().stream().anyMatch(algorithm -> check(algorithm, message, signature));
    }

    /**
     * Whether the signature is of the message with that SHA-256 by this key; only ECDSA can tell, for all
     * others it is false.
     */
    public boolean verifiesDigest(Digest sha256, Bytes signature) {
        if (!(key instanceof ECPublicKey) || sha256.algorithm() != Algorithm.SHA256) {
            return false;
        }
        Bytes hash = Bytes.of(HexFormat.of().parseHex(sha256.encoded()));
        return check("NONEwithECDSA", hash::openStream, signature);
    }

    private List<String> algorithms() {
        return switch (key) {
            case ECPublicKey ec -> switch (ec.getParams().getCurve().getField().getFieldSize()) {
                case 256 -> List.of("SHA256withECDSA");
                case 384 -> List.of("SHA256withECDSA", "SHA384withECDSA");
                default -> List.of("SHA256withECDSA", "SHA512withECDSA");
            };
            case EdECPublicKey _ -> List.of("Ed25519");
            default -> List.of("SHA256withRSA");
        };
    }

    private boolean check(String algorithm, Content message, Bytes signature) {
        try (InputStream in = message.open()) {
            Signature check = Signature.getInstance(algorithm);
            check.initVerify(key);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                check.update(buffer, 0, n);
            }
            return check.verify(signature.toArray());
        } catch (GeneralSecurityException e) {
            return false; // a signature that cannot be read is not good
        } catch (IOException e) {
            throw new StorageException("cannot read what is signed: " + e.getMessage(), e);
        }
    }

    private static VerificationKey ofDer(Bytes der, String what) {
        for (String name : FACTORIES) {
            try {
                X509EncodedKeySpec spec = new X509EncodedKeySpec(der.toArray());
                return of(KeyFactory.getInstance(name).generatePublic(spec), what);
            } catch (InvalidKeySpecException _) {
                // perhaps of the next kind
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has " + name, e);
            }
        }
        throw malformed(what, "expected a public key, PEM or DER, for ECDSA, Ed25519 or RSA");
    }

    private static VerificationKey requireStrong(RSAPublicKey key, String what) {
        int bits = key.getModulus().bitLength();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            throw malformed(what, "expected an RSA key of " + MIN_RSA_BITS + " to " + MAX_RSA_BITS
                    + " bits, got " + bits);
        }
        return new VerificationKey(key);
    }

    private static MalformedContentException malformed(String what, String cause) {
        return new MalformedContentException("cannot read " + what + ": " + cause);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && encoded.equals(that.encoded);
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }

    /** {@code sha256:...} of {@link #encoded}. */
    @Override
    public String toString() {
        return encoded.digest().toString();
    }
}
