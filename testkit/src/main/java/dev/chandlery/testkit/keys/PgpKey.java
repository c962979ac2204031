package dev.chandlery.testkit.keys;

import dev.chandlery.oci.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** A fresh OpenPGP key without user id. */
public final class PgpKey {
    private static final Instant CREATED = Instant.parse("2020-01-01T00:00:00Z");

    private final PGPKeyPair pair = pair();

    /** In hexadecimal. */
    public String fingerprint() {
        return HexFormat.of().withUpperCase().formatHex(pair.getPublicKey().getFingerprint());
    }

    /** The public key, armoured. */
    public String armoured() {
        try {
            return armour(pair.getPublicKey().getEncoded());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A detached signature, armoured. */
    public String sign(Bytes content, Instant at) {
        return sign(content, at, Duration.ZERO);
    }

    /** As {@link #sign(Bytes, Instant)}, with an end; zero is none. */
    public String sign(Bytes content, Instant at, Duration lasts) {
        try {
            PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
            hashed.setSignatureCreationTime(false, Date.from(at));
            hashed.setIssuerFingerprint(false, pair.getPublicKey());
            if (!lasts.isZero()) {
                hashed.setSignatureExpirationTime(true, lasts.toSeconds());
            }
            PGPSignatureGenerator generator = new PGPSignatureGenerator(
                    new BcPGPContentSignerBuilder(
                            pair.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA512),
                    pair.getPublicKey());
            generator.init(PGPSignature.BINARY_DOCUMENT, pair.getPrivateKey());
            generator.setHashedSubpackets(hashed.generate());
            generator.update(content.toArray());
            return armour(generator.generate().getEncoded());
        } catch (PGPException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String armour(byte[] packets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArmoredOutputStream armoured = ArmoredOutputStream.builder().build(out)) {
            armoured.write(packets);
        }
        return Bytes.of(out.toByteArray()).utf8();
    }

    private static PGPKeyPair pair() {
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        try {
            return new BcPGPKeyPair(PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.EDDSA_LEGACY,
                    generator.generateKeyPair(), Date.from(CREATED));
        } catch (PGPException e) {
            throw new AssertionError(e);
        }
    }
}
