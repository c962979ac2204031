package dev.chandlery.upstream.proof;

import dev.chandlery.oci.Bytes;
import dev.chandlery.trust.key.Password;
import dev.chandlery.trust.key.SigningKey;
import dev.chandlery.trust.statement.Envelope;
import dev.chandlery.trust.statement.Statement;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;

/** A fresh key on P-256, as cosign makes them. */
public final class EcKey {
    private final SigningKey key;

    /** Makes one. */
    public EcKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder()
                    .encodeToString(
                            pair.getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
            key = SigningKey.read(Bytes.ofUtf8(pem), Password.none(), "a fresh key");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public SigningKey key() {
        return key;
    }

    /** PEM of the public key. */
    public String pem() {
        return key.publicKey().pem().utf8();
    }

    /** What {@code cosign sign-blob} writes. */
    public String sign(Bytes content) {
        return Base64.getEncoder().encodeToString(key.sign(content).toArray());
    }

    /** A statement in its envelope, on one line. */
    public String envelope(Statement statement) {
        Bytes payload = statement.toJson();
        Bytes signature = key.sign(new Envelope(Statement.PAYLOAD_TYPE, payload, List.of())
                .preAuthenticationEncoding());
        return "{\"payloadType\":\"%s\",\"payload\":\"%s\",\"signatures\":[{\"sig\":\"%s\"}]}\n"
                .formatted(Statement.PAYLOAD_TYPE, base64(payload), base64(signature));
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
