package dev.chandlery.trust.key;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * ECDSA on P-256 with SHA-256, with the nonces of RFC 6979: no randomness, so that signing again gives the
 * same bytes.
 */
final class EcdsaKey
        implements
            SigningKey {

    private static final ECNamedDomainParameters P256 = p256();

    private final ECPrivateKeyParameters secret;
    private final VerificationKey publicKey;

    /** @param scalar the private key, from 1 to the order of the curve, exclusive */
    EcdsaKey(BigInteger scalar) {
        this.secret = new ECPrivateKeyParameters(scalar, P256);
        this.publicKey = publicHalf(scalar);
    }

    @Override
    public VerificationKey publicKey() {
        return publicKey;
    }

    @Override
    public Bytes sign(Bytes message) {
        MessageDigest sha256 = Algorithm.SHA256.newMessageDigest();
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, secret);
        BigInteger[] pair = signer.generateSignature(sha256.digest(message.toArray()));
        try {
            return Bytes.of(StandardDSAEncoding.INSTANCE.encode(P256.getN(), pair[0], pair[1]));
        } catch (IOException e) {
            throw new UncheckedIOException("two numbers can always be encoded", e);
        }
    }

    private static VerificationKey publicHalf(BigInteger scalar) {
        ECPublicKeyParameters half = new ECPublicKeyParameters(
                new FixedPointCombMultiplier().multiply(P256.getG(), scalar), P256);
        try {
            Bytes der = Bytes.of(SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(half)
                    .getEncoded());
            return VerificationKey.read(der, "public half of a signing key");
        } catch (IOException e) {
            throw new UncheckedIOException("a point of the curve can always be encoded", e);
        }
    }

    private static ECNamedDomainParameters p256() {
        X9ECParameters curve = CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1);
        return new ECNamedDomainParameters(SECObjectIdentifiers.secp256r1, curve);
    }

    @Override
    public String toString() {
        return "(private key of " + publicKey + ")";
    }
}
