package dev.chandlery.testkit.sigstore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority like Fulcio, and the log of its certificates. */
final class FakeAuthority {
    static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final String FULCIO = "1.3.6.1.4.1.57264.1.";
    private static final String SCT_LIST = "1.3.6.1.4.1.11129.2.4.2";
    private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2040-01-01T00:00:00Z");

    private final KeyPair root = Keys.generate();
    private final KeyPair log = Keys.generate();
    private final X500Name name;

    FakeAuthority(String name) {
        this.name = new X500Name("O=" + name + ",CN=" + name);
    }

    byte[] certificate() {
        X509v3CertificateBuilder builder = builder(name, root.getPublic(), BEGIN, END);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(1));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            return finish(builder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    PublicKey certificateLog() {
        return log.getPublic();
    }

    /** A certificate for that key, valid for ten minutes. */
    byte[] issue(PublicKey key, SampleIdentity identity, Instant from) {
        try {
            X509v3CertificateBuilder builder = leaf(key, identity, from);
            byte[] unlogged = builder.build(signer())
                    .toASN1Structure()
                    .getTBSCertificate()
                    .getEncoded();
            builder.addExtension(new ASN1ObjectIdentifier(SCT_LIST), false, new DEROctetString(
                    promise(unlogged, from)));
            return finish(builder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A certificate of a time stamp authority. */
    X509CertificateHolder issueForTimestamps(PublicKey key) {
        try {
            X509v3CertificateBuilder builder = builder(new X500Name("CN=timestamps"), key, BEGIN,
                    END);
            builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(
                    KeyPurposeId.id_kp_timeStamping));
            return new X509CertificateHolder(finish(builder));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private X509v3CertificateBuilder leaf(PublicKey key, SampleIdentity identity, Instant from)
            throws IOException {
        X509v3CertificateBuilder builder = builder(new X500Name(""), key, from, from.plus(
                LIFETIME));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(identity
                .forCode() ? KeyPurposeId.id_kp_codeSigning : KeyPurposeId.id_kp_serverAuth));
        int kind = identity.subject().contains("://")
                ? GeneralName.uniformResourceIdentifier
                : GeneralName.rfc822Name;
        builder.addExtension(Extension.subjectAlternativeName, true, new GeneralNames(
                new GeneralName(kind, identity.subject())));
        builder.addExtension(new ASN1ObjectIdentifier(FULCIO + "8"), false, new DERUTF8String(
                identity.issuer()));
        builder.addExtension(new ASN1ObjectIdentifier(FULCIO + "12"), false, new DERUTF8String(
                identity.sourceRepository()));
        return builder;
    }

    private X509v3CertificateBuilder builder(X500Name subject, PublicKey key, Instant from,
            Instant to) {
        return new X509v3CertificateBuilder(name, BigInteger.valueOf(from.getEpochSecond()), Date
                .from(from), Date.from(to), subject, SubjectPublicKeyInfo.getInstance(key
                        .getEncoded()));
    }

    private byte[] finish(X509v3CertificateBuilder builder) throws IOException {
        return builder.build(signer()).getEncoded();
    }

    private ContentSigner signer() {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(root.getPrivate());
        } catch (OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    /** A list of one signed certificate timestamp (RFC 6962, sections 3.2 and 3.3). */
    private byte[] promise(byte[] unlogged, Instant at) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(new byte[]{0, 0}); // v1, certificate_timestamp
        signed.writeBytes(time(at));
        signed.writeBytes(new byte[]{0, 1}); // precert_entry
        signed.writeBytes(Keys.sha256(root.getPublic().getEncoded()));
        signed.writeBytes(new byte[]{(byte) (unlogged.length >> 16), (byte) (unlogged.length >> 8),
                (byte) unlogged.length});
        signed.writeBytes(unlogged);
        signed.writeBytes(new byte[2]); // no extensions
        byte[] signature = Keys.sign(log, signed.toByteArray());
        ByteArrayOutputStream sct = new ByteArrayOutputStream();
        sct.write(0); // v1
        sct.writeBytes(Keys.sha256(log.getPublic().getEncoded()));
        sct.writeBytes(time(at));
        sct.writeBytes(new byte[2]);
        sct.writeBytes(new byte[]{4, 3}); // SHA-256, ECDSA
        sct.writeBytes(sized(signature));
        return sized(sized(sct.toByteArray()));
    }

    private static byte[] time(Instant at) {
        return ByteBuffer.allocate(Long.BYTES).putLong(at.toEpochMilli()).array();
    }

    private static byte[] sized(byte[] bytes) {
        return ByteBuffer.allocate(2 + bytes.length)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }
}
