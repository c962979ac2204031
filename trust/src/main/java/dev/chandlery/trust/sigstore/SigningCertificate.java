package dev.chandlery.trust.sigstore;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.trust.key.VerificationKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1TaggedObject;

/**
 * A certificate of Fulcio's, which binds a key that lived for minutes to an identity.
 *
 * <p><b>Spec:</b> github.com/sigstore/fulcio, docs/certificate-specification.md and docs/oid-info.md.
 *
 * @param x509 the certificate
 * @param key in it
 * @param subject its one subject alternative name
 * @param issuer of the identity
 */
record SigningCertificate(X509Certificate x509, VerificationKey key, String subject,
        String issuer) {
    private static final int MAX_BYTES = 64 << 10;
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String FULCIO = "1.3.6.1.4.1.57264.1.";
    private static final String ISSUER = FULCIO + "8";
    /** Its bytes are the text itself. */
    private static final String ISSUER_OLD = FULCIO + "1";
    private static final String SOURCE_REPOSITORY = FULCIO + "12";
    private static final String SOURCE_REF = FULCIO + "14";
    private static final int OTHER_NAME = 0;
    private static final int EMAIL = 1;
    private static final int URI = 6;

    /** The library's and the platform's parsers tell of bad DER in many ways. */
    static SigningCertificate parse(Bytes der, String what) {
        try {
            if (der.size() > MAX_BYTES) {
                throw new CertificateException("it has more than " + MAX_BYTES + " bytes");
            }
            X509Certificate x509 = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(der.openStream());
            return of(x509, what);
        } catch (MalformedContentException | UntrustedContentException e) {
            throw e;
        } catch (CertificateException | IOException | RuntimeException e) {
            throw new MalformedContentException("cannot read certificate of " + what + ": " + e
                    .getMessage(), e);
        }
    }

    private static SigningCertificate of(X509Certificate x509, String what)
            throws CertificateException, IOException {
        List<String> usages = x509.getExtendedKeyUsage();
        if (usages == null || !usages.contains(CODE_SIGNING) || x509.getBasicConstraints() >= 0) {
            throw new UntrustedContentException("cannot trust " + what
                    + ": its certificate is not for signing code");
        }
        Optional<String> issuer = text(x509, ISSUER);
        if (issuer.isEmpty()) {
            byte[] old = x509.getExtensionValue(ISSUER_OLD);
            issuer = Optional.ofNullable(old).map(SigningCertificate::raw);
        }
        return new SigningCertificate(x509, VerificationKey.of(x509.getPublicKey(), "key of "
                + what), subject(x509, what), issuer.orElseThrow(
                        () -> new UntrustedContentException(
                                "cannot trust " + what
                                        + ": its certificate names no issuer of the identity")));
    }

    /** The repository that a workflow ran for, as the authority vouches. */
    Optional<String> sourceRepository() {
        return claim(SOURCE_REPOSITORY);
    }

    /** The ref that a workflow ran for. */
    Optional<String> sourceRef() {
        return claim(SOURCE_REF);
    }

    Bytes encoded() {
        try {
            return Bytes.of(x509.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("it was read from DER", e);
        }
    }

    boolean isValidAt(Instant time) {
        return !time.isBefore(x509.getNotBefore().toInstant()) && !time.isAfter(x509.getNotAfter()
                .toInstant());
    }

    private Optional<String> claim(String oid) {
        try {
            return text(x509, oid);
        } catch (IOException | RuntimeException _) {
            return Optional.empty(); // nobody relies on a claim that cannot be read
        }
    }

    private static String subject(X509Certificate x509, String what) throws CertificateException,
            IOException {
        Collection<List<?>> names = x509.getSubjectAlternativeNames();
        if (names == null || names.size() != 1) {
            throw new UntrustedContentException("cannot trust " + what + ": expected a certificate"
                    + " with one subject alternative name");
        }
        List<?> name = names.iterator().next();
        int type = (Integer) name.get(0);
        return switch (type) {
            case EMAIL, URI -> (String) name.get(1);
            case OTHER_NAME -> otherName((byte[]) name.get(1));
            default -> throw new UntrustedContentException("cannot trust " + what
                    + ": expected a certificate for a URI or an e-mail address");
        };
    }

    /** {@code SEQUENCE { type-id, [0] value }}; the value is a string. */
    private static String otherName(byte[] der) throws IOException {
        ASN1Primitive name = ASN1Primitive.fromByteArray(der);
        ASN1Sequence sequence = name instanceof ASN1TaggedObject tagged
                ? ASN1Sequence.getInstance(tagged, false)
                : ASN1Sequence.getInstance(name);
        Object value = sequence.getObjectAt(1);
        while (value instanceof ASN1TaggedObject tagged) {
            value = tagged.getExplicitBaseObject();
        }
        return ((ASN1String) value).getString();
    }

    private static Optional<String> text(X509Certificate x509, String oid) throws IOException {
        byte[] value = x509.getExtensionValue(oid);
        if (value == null) {
            return Optional.empty();
        }
        byte[] inner = ASN1OctetString.getInstance(value).getOctets();
        return Optional.of(((ASN1String) ASN1Primitive.fromByteArray(inner)).getString());
    }

    private static String raw(byte[] value) {
        return new String(ASN1OctetString.getInstance(value).getOctets(), StandardCharsets.UTF_8);
    }
}
