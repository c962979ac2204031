package dev.chandlery.trust.openpgp;

import dev.chandlery.oci.Bytes;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** A key without user id and one signing subkey, whose statements about each other a test chooses. */
final class SampleKey {
    static final Instant CREATED = Instant.parse("2020-01-01T00:00:00Z");

    private final PGPKeyPair primary = pair();
    private final PGPKeyPair subkey = subkey();
    private PGPPublicKey open = primary.getPublicKey();
    private PGPPublicKey openSubkey = subkey.getPublicKey();
    private boolean withSubkey;

    /** Adds what the primary key says of itself. */
    SampleKey says(int type, Instant at, Consumer<PGPSignatureSubpacketGenerator> packets) {
        open = PGPPublicKey.addCertification(open, certify(HashAlgorithmTags.SHA512, type, at,
                packets, primary.getPublicKey(), primary.getPublicKey(), primary));
        return this;
    }

    /** Adds what the primary key says of its subkey. */
    SampleKey saysOfSubkey(int hash, int type, Instant at,
            Consumer<PGPSignatureSubpacketGenerator> packets) {
        withSubkey = true;
        openSubkey = PGPPublicKey.addCertification(openSubkey, certify(hash, type, at, packets,
                primary.getPublicKey(), subkey.getPublicKey(), primary));
        return this;
    }

    /** The subkey without a word about it. */
    SampleKey withSubkey() {
        withSubkey = true;
        return this;
    }

    /** What a subkey says of its primary key. */
    PGPSignature agreement() {
        return certify(HashAlgorithmTags.SHA256, PGPSignature.PRIMARYKEY_BINDING, CREATED, _ -> {},
                primary.getPublicKey(), subkey.getPublicKey(), subkey);
    }

    OpenPgpKeys keys() throws Exception {
        List<PGPPublicKey> all = new ArrayList<>(List.of(open));
        if (withSubkey) {
            all.add(openSubkey);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PGPPublicKeyRing(all).encode(out);
        return OpenPgpKeys.read(Bytes.of(out.toByteArray()), "sample key");
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(open.getFingerprint());
    }

    Fingerprint subkeyFingerprint() {
        return Fingerprint.of(openSubkey.getFingerprint());
    }

    Bytes sign(Bytes content, Instant at) {
        return sign(content, at, primary, _ -> {});
    }

    Bytes sign(Bytes content, Instant at, Consumer<PGPSignatureSubpacketGenerator> packets) {
        return sign(content, at, primary, packets);
    }

    Bytes signBySubkey(Bytes content, Instant at) {
        return sign(content, at, subkey, _ -> {});
    }

    private static Bytes sign(Bytes content, Instant at, PGPKeyPair pair,
            Consumer<PGPSignatureSubpacketGenerator> packets) {
        try {
            PGPSignatureGenerator generator = generator(HashAlgorithmTags.SHA256,
                    PGPSignature.BINARY_DOCUMENT, at, packets, pair);
            generator.update(content.toArray());
            return Bytes.of(generator.generate().getEncoded());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static PGPSignature certify(int hash, int type, Instant at,
            Consumer<PGPSignatureSubpacketGenerator> packets, PGPPublicKey about,
            PGPPublicKey subject, PGPKeyPair signer) {
        try {
            PGPSignatureGenerator generator = generator(hash, type, at, packets, signer);
            return about.getKeyID() == subject.getKeyID()
                    ? generator.generateCertification(about)
                    : generator.generateCertification(about, subject);
        } catch (PGPException e) {
            throw new AssertionError(e);
        }
    }

    private static PGPSignatureGenerator generator(int hash, int type, Instant at,
            Consumer<PGPSignatureSubpacketGenerator> packets, PGPKeyPair signer)
            throws PGPException {
        PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
        hashed.setSignatureCreationTime(false, Date.from(at));
        hashed.setIssuerFingerprint(false, signer.getPublicKey());
        packets.accept(hashed);
        PGPSignatureGenerator generator = new PGPSignatureGenerator(new BcPGPContentSignerBuilder(
                signer.getPublicKey().getAlgorithm(), hash), signer.getPublicKey());
        generator.init(type, signer.getPrivateKey());
        generator.setHashedSubpackets(hashed.generate());
        return generator;
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

    private static PGPKeyPair subkey() {
        try {
            return pair().asSubkey(new BcKeyFingerprintCalculator());
        } catch (PGPException e) {
            throw new AssertionError(e);
        }
    }

}
