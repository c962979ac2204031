package dev.chandlery.testkit.sigstore;

import dev.chandlery.oci.Bytes;
import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/** Signs with a short-lived certificate, and writes what clients of sigstore write. */
public final class SampleSigner {
    private static final String V03 = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String IN_TOTO = "application/vnd.in-toto+json";

    private final FakeSigstore sigstore;
    private final KeyPair key;
    private final byte[] certificate;

    SampleSigner(FakeSigstore sigstore, KeyPair key, byte[] certificate) {
        this.sigstore = sigstore;
        this.key = key;
        this.certificate = certificate;
    }

    /** The certificate, as {@code cosign sign-blob --output-certificate} writes it. */
    public Bytes certificate() {
        return Keys.pem(certificate);
    }

    /** A detached signature in base64. */
    public Bytes signature(Bytes content) {
        return Bytes.ofUtf8(Keys.base64(Keys.sign(key, content.toArray())));
    }

    /** A bundle, v0.3, over the bytes, logged at that time. */
    public Bytes bundle(Bytes content, Instant at) {
        byte[] signature = Keys.sign(key, content.toArray());
        return bundle(V03, "\"certificate\":" + raw(), messageEntry(content, signature, at), "",
                message(content, signature));
    }

    /** As {@link #bundle}, in v0.1 as it was in 2023: a chain, and the log's promise alone. */
    public Bytes oldBundle(Bytes content, Instant at) {
        byte[] signature = Keys.sign(key, content.toArray());
        String entry = messageEntry(content, signature, at).replaceAll(
                "\"inclusionProof\":.*,\"canonicalizedBody\"", "\"canonicalizedBody\"");
        return bundle("application/vnd.dev.sigstore.bundle+json;version=0.1",
                "\"x509CertificateChain\":{\"certificates\":[" + raw() + "]}", entry, "", message(
                        content, signature));
    }

    /** A bundle over a statement, logged at that time. */
    public Bytes attestation(Bytes statement, Instant at) {
        byte[] signature = Keys.sign(key, encoded(statement));
        byte[] body = FakeSigstore.utf8("""
                {"apiVersion":"0.0.1","kind":"dsse","spec":{"envelopeHash":{"algorithm":"sha256",\
                "value":"%s"},"payloadHash":{"algorithm":"sha256","value":"%s"},\
                "signatures":[{"signature":"%s","verifier":"%s"}]}}"""
                .formatted("00".repeat(32), FakeSigstore.hash(statement.toArray()), Keys.base64(
                        signature), Keys.base64(certificate().toArray())));
        return bundle(V03, "\"certificate\":" + raw(), sigstore.log()
                .entry("dsse", "0.0.1", body,
                        at), "", dsse(statement, signature, ""));
    }

    /** A bundle over a statement as GitHub signs releases: with a time stamp, logged nowhere. */
    public Bytes stampedAttestation(Bytes statement, Instant at) {
        byte[] signature = Keys.sign(key, encoded(statement));
        String stamp = Keys.base64(sigstore.timestamp(signature, at));
        return bundle(V03, "\"certificate\":" + raw(), "", "{\"signedTimestamp\":\"" + stamp
                + "\"}", dsse(statement, signature, ""));
    }

    /** A bare envelope with the certificate in it, as generators of SLSA provenance wrote them. */
    public Bytes envelope(Bytes statement) {
        String pem = certificate().utf8().replace("\n", "\\n");
        String json = dsse(statement, Keys.sign(key, encoded(statement)),
                ",\"keyid\":\"\",\"cert\":\""
                        + pem + "\"");
        return Bytes.ofUtf8(json.substring("\"dsseEnvelope\":".length()));
    }

    /** What {@code cosign sign-blob --bundle} wrote before sigstore bundles, of {@code signature}. */
    public Bytes logPromise(Bytes content, Bytes signature, Instant at) {
        byte[] body = body(content, Base64.getDecoder().decode(signature.utf8()));
        return Bytes.ofUtf8("""
                {"base64Signature":"%s","cert":"%s","rekorBundle":{"SignedEntryTimestamp":"%s",\
                "Payload":{"body":"%s","integratedTime":%d,"logIndex":1,"logID":"%s"}}}"""
                .formatted(signature.utf8(), Keys.base64(certificate().toArray()), Keys.base64(
                        sigstore.log().promise(body, at)), Keys.base64(body), at.getEpochSecond(),
                        HexFormat.of().formatHex(sigstore.log().id())));
    }

    private String messageEntry(Bytes content, byte[] signature, Instant at) {
        return sigstore.log().entry("hashedrekord", "0.0.1", body(content, signature), at);
    }

    private byte[] body(Bytes content, byte[] signature) {
        return FakeSigstore.utf8("""
                {"apiVersion":"0.0.1","kind":"hashedrekord","spec":{"data":{"hash":{\
                "algorithm":"sha256","value":"%s"}},"signature":{"content":"%s",\
                "publicKey":{"content":"%s"}}}}"""
                .formatted(FakeSigstore.hash(content.toArray()), Keys.base64(signature), Keys
                        .base64(certificate().toArray())));
    }

    private String raw() {
        return "{\"rawBytes\":\"" + Keys.base64(certificate) + "\"}";
    }

    private static String message(Bytes content, byte[] signature) {
        return """
                "messageSignature":{"messageDigest":{"algorithm":"SHA2_256","digest":"%s"},\
                "signature":"%s"}"""
                .formatted(Keys.base64(Keys.sha256(content.toArray())), Keys.base64(signature));
    }

    private static String dsse(Bytes statement, byte[] signature, String more) {
        return """
                "dsseEnvelope":{"payload":"%s","payloadType":"%s","signatures":[{"sig":"%s"%s}]}"""
                .formatted(Keys.base64(statement.toArray()), IN_TOTO, Keys.base64(signature), more);
    }

    private static Bytes bundle(String type, String certificate, String entry, String stamp,
            String content) {
        return Bytes.ofUtf8("""
                {"mediaType":"%s","verificationMaterial":{%s,"tlogEntries":[%s],\
                "timestampVerificationData":{"rfc3161Timestamps":[%s]}},%s}"""
                .formatted(type, certificate, entry, stamp, content));
    }

    private static byte[] encoded(Bytes statement) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(FakeSigstore.utf8("DSSEv1 " + IN_TOTO.length() + " " + IN_TOTO + " "
                + statement.size() + " "));
        out.writeBytes(statement.toArray());
        return out.toByteArray();
    }
}
