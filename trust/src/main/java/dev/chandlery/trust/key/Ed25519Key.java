package dev.chandlery.trust.key;

import dev.chandlery.oci.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** Ed25519, which is deterministic by itself (RFC 8032). */
final class Ed25519Key
        implements
            SigningKey {

    private final Ed25519PrivateKeyParameters secret;
    private final VerificationKey publicKey;

    Ed25519Key(Ed25519PrivateKeyParameters secret) {
        this.secret = secret;
        try {
            Bytes der = Bytes.of(SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(secret
                    .generatePublicKey()).getEncoded());
            this.publicKey = VerificationKey.read(der, "public half of a signing key");
        } catch (IOException e) {
            throw new UncheckedIOException("32 bytes can always be encoded", e);
        }
    }

    @Override
    public VerificationKey publicKey() {
        return publicKey;
    }

    @Override
    public Bytes sign(Bytes message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, secret);
        signer.update(message.toArray(), 0, message.size());
        return Bytes.of(signer.generateSignature());
    }

    @Override
    public String toString() {
        return "(private key of " + publicKey + ")";
    }
}
