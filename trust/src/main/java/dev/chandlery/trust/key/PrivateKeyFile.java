package dev.chandlery.trust.key;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/**
 * Reads private keys. No message tells anything of what is in the file but the label of its block.
 *
 * <p><b>Spec:</b> RFC 5208 and RFC 5958 (PKCS #8), RFC 5915 (SEC 1), RFC 8410 (Ed25519).
 */
final class PrivateKeyFile {
    private static final int MAX_BYTES = 64 << 10;

    private PrivateKeyFile() {}

    static SigningKey read(Bytes content, Password password, String what) {
        if (content.size() > MAX_BYTES) {
            throw malformed(what, "expected a private key of at most " + MAX_BYTES + " bytes, got "
                    + content.size());
        }
        // openssl writes parameters of the curve before the key.
        List<PemBlock> blocks = PemBlock.parse(content, what)
                .stream()
                .filter(block -> !block.label().equals("EC PARAMETERS"))
                .toList();
        if (blocks.size() != 1) {
            throw malformed(what, "expected one PEM block PRIVATE KEY, got " + blocks);
        }
        return readBlock(blocks.getFirst(), password, what);
    }

    private static SigningKey readBlock(PemBlock block, Password password, String what) {
        return switch (block.label()) {
            case "PRIVATE KEY" -> pkcs8(block.content(), what);
            case "EC PRIVATE KEY" -> sec1(block.content(), what);
            case "ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY" -> pkcs8(
                    EncryptedKey.parse(block.content(), what).open(password, what), what);
            case "ENCRYPTED PRIVATE KEY" -> throw malformed(what, "encrypted PKCS #8 is not"
                    + " supported; decrypt it with 'openssl pkcs8', or encrypt it as cosign does with"
                    + " 'cosign import-key-pair'");
            default -> throw malformed(what, "expected PRIVATE KEY, EC PRIVATE KEY or ENCRYPTED"
                    + " SIGSTORE PRIVATE KEY, got " + block.label());
        };
    }

    /** Bouncy Castle tells of bad DER in many ways, and its messages may show bytes of the key. */
    private static SigningKey pkcs8(Bytes der, String what) {
        Optional<SigningKey> key;
        try {
            key = ofInfo(PrivateKeyInfo.getInstance(der.toArray()));
        } catch (IOException | RuntimeException e) {
            throw malformed(what, "it is no PKCS #8 private key");
        }
        return key.orElseThrow(() -> malformed(what,
                "expected a key for ECDSA on P-256 or Ed25519; make one with 'openssl genpkey"
                        + " -algorithm EC -pkeyopt ec_paramgen_curve:P-256'"));
    }

    private static SigningKey sec1(Bytes der, String what) {
        Optional<SigningKey> key;
        try {
            ECPrivateKey ec = ECPrivateKey.getInstance(der.toArray());
            key = p256(ec.getKey(), ec.getParametersObject());
        } catch (RuntimeException e) {
            throw malformed(what, "it is no EC private key");
        }
        return key.orElseThrow(() -> malformed(what, "expected an EC key on P-256"));
    }

    private static Optional<SigningKey> ofInfo(PrivateKeyInfo info) throws IOException {
        var algorithm = info.getPrivateKeyAlgorithm();
        if (algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            ECPrivateKey ec = ECPrivateKey.getInstance(info.parsePrivateKey());
            return p256(ec.getKey(), algorithm.getParameters());
        }
        if (algorithm.getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)) {
            byte[] seed = ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets();
            return Optional.of(new Ed25519Key(new Ed25519PrivateKeyParameters(seed)));
        }
        return Optional.empty();
    }

    private static Optional<SigningKey> p256(BigInteger scalar, ASN1Encodable curve) {
        BigInteger order = CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1).getN();
        boolean valid = SECObjectIdentifiers.secp256r1.equals(curve) && scalar.signum() > 0
                && scalar.compareTo(order) < 0;
        return valid ? Optional.of(new EcdsaKey(scalar)) : Optional.empty();
    }

    private static MalformedContentException malformed(String what, String cause) {
        return new MalformedContentException("cannot read private key " + what + ": " + cause);
    }
}
