package dev.chandlery.testkit.sigstore;

import dev.chandlery.oci.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** One instance of sigstore: its trusted root, and what its clients would have signed. */
public final class FakeSigstore {
    private final FakeAuthority authority;
    private final FakeLog log = new FakeLog();
    private final KeyPair timestamps = Keys.generate();
    private final X509CertificateHolder timestampCertificate;

    public FakeSigstore(String name) {
        this.authority = new FakeAuthority(name);
        this.timestampCertificate = authority.issueForTimestamps(timestamps.getPublic());
    }

    /** A {@code trusted_root.json} of authority, both logs and time stamps. */
    public Bytes trustedRoot() {
        return root("\"tlogs\":[" + instance("https://" + FakeLog.HOST, log.publicKey())
                + "],\"ctlogs\":[" + instance("https://ct.example", authority.certificateLog())
                + "],");
    }

    /** Of an instance without logs, whose time stamps alone tell when; on one line. */
    public Bytes trustedRootWithoutLogs() {
        return root("");
    }

    /** A client that is about to sign, with a certificate from that time on. */
    public SampleSigner signer(SampleIdentity identity, Instant from) {
        KeyPair key = Keys.generate();
        return new SampleSigner(this, key, authority.issue(key.getPublic(), identity, from));
    }

    FakeLog log() {
        return log;
    }

    /** An RFC 3161 response over those bytes. */
    byte[] timestamp(byte[] signature, Instant at) {
        try {
            TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", timestamps
                            .getPrivate(), timestampCertificate),
                    new JcaDigestCalculatorProviderBuilder().build()
                            .get(
                                    new AlgorithmIdentifier(
                                            NISTObjectIdentifiers.id_sha256)),
                    new ASN1ObjectIdentifier("1.2.3"));
            tokens.addCertificates(new JcaCertStore(List.of(timestampCertificate)));
            TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
            requests.setCertReq(true);
            TimeStampRequest request = requests.generate(NISTObjectIdentifiers.id_sha256, Keys
                    .sha256(signature));
            return new TimeStampResponseGenerator(tokens, Set.of(NISTObjectIdentifiers.id_sha256
                    .getId())).generate(request, BigInteger.ONE, Date.from(at)).getEncoded();
        } catch (TSPException | OperatorCreationException | IOException
                | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Bytes root(String logs) {
        String chain = certificates(authority.certificate());
        byte[] stamps;
        try {
            stamps = timestampCertificate.getEncoded();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Bytes.ofUtf8("{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;"
                + "version=0.1\"," + logs + "\"certificateAuthorities\":[" + authority(
                        "https://fulcio.example", chain) + "],\"timestampAuthorities\":["
                + authority("https://timestamps.example", certificates(stamps, authority
                        .certificate())) + "]}");
    }

    private static String authority(String uri, String chain) {
        return """
                {"subject":{"organization":"example","commonName":"example"},"uri":"%s",\
                "certChain":{"certificates":[%s]},"validFor":{"start":"2020-01-01T00:00:00Z"}}"""
                .formatted(uri, chain);
    }

    private static String certificates(byte[]... chain) {
        return String.join(",", Arrays.stream(chain)
                .map(each -> "{\"rawBytes\":\"" + Keys
                        .base64(each) + "\"}")
                .toList());
    }

    private static String instance(String url, PublicKey key) {
        byte[] encoded = key.getEncoded();
        return """
                {"baseUrl":"%s","hashAlgorithm":"SHA2_256","publicKey":{"rawBytes":"%s",\
                "keyDetails":"PKIX_ECDSA_P256_SHA_256","validFor":{"start":"2020-01-01T00:00:00Z"}},\
                "logId":{"keyId":"%s"}}"""
                .formatted(url, Keys.base64(encoded), Keys.base64(Keys.sha256(encoded)));
    }

    /** Hexadecimal SHA-256. */
    static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Keys.sha256(bytes));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
