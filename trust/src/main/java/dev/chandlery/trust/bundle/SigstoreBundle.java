package dev.chandlery.trust.bundle;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.trust.Base64Text;
import dev.chandlery.trust.JsonDocument;
import dev.chandlery.trust.statement.Envelope;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A sigstore bundle, v0.1 to v0.3: what was signed, by what, and what proves when.
 *
 * <p><b>Spec:</b> github.com/sigstore/protobuf-specs, sigstore_bundle.proto. Members that we do not know are
 * passed over.
 *
 * @param mediaType as it is written
 * @param content what is signed
 * @param signer whose signature it is
 * @param entries of transparency logs
 * @param timestamps RFC 3161 responses in DER
 */
public record SigstoreBundle(String mediaType, Signed content, Signer signer,
        List<LogEntry> entries, List<Bytes> timestamps) {

    /** What cosign 3 writes, and we do. */
    public static final String V03 = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private static final String BASE = "application/vnd.dev.sigstore.bundle";
    private static final Set<String> MEDIA_TYPES = Set.of(V03, BASE + "+json;version=0.1", BASE
            + "+json;version=0.2", BASE + "+json;version=0.3", BASE + ".v0.1+json", BASE
                    + ".v0.2+json");
    /** Of log entries, and of time stamps; real bundles have one of each. */
    private static final int MAX_PROOFS = 8;
    private static final int MAX_CERTIFICATES = 10;

    /** What is signed. */
    public sealed interface Signed permits MessageSigned, EnvelopeSigned {}

    /**
     * A signature over bytes that are elsewhere.
     *
     * @param signature decoded
     * @param digest of the bytes in hexadecimal, and only a hint; may be empty
     */
    public record MessageSigned(Bytes signature, String digest)
            implements
            Signed {}

    /** A signature over a DSSE envelope inside of the bundle. */
    public record EnvelopeSigned(Envelope envelope)
            implements
            Signed {}

    /** Whose signature it is. */
    public sealed interface Signer permits KeyHint, Certificates {}

    /** A key that is known elsewhere; the hint may be empty. */
    public record KeyHint(String hint)
            implements
            Signer {}

    /** X.509 certificates in DER, the signer's first. */
    public record Certificates(List<Bytes> chain)
            implements
            Signer {

        public Certificates {
            chain = List.copyOf(chain);
        }
    }

    public SigstoreBundle {
        entries = List.copyOf(entries);
        timestamps = List.copyOf(timestamps);
    }

    /** Whether the object claims to be a bundle. */
    public static boolean isBundle(Fields fields) {
        return fields.node().path("mediaType").asText().startsWith(BASE);
    }

    /**
     * Reads a bundle's JSON.
     *
     * @throws MalformedContentException when it is no bundle
     */
    public static SigstoreBundle parse(Bytes json, String what) {
        return parse(JsonDocument.read(json, what));
    }

    /** As {@link #parse(Bytes, String)}, of a bundle inside of other JSON. */
    public static SigstoreBundle parse(Fields fields) {
        String mediaType = fields.requireText("mediaType");
        if (!MEDIA_TYPES.contains(mediaType)) {
            throw fields.unexpected("mediaType", "a sigstore bundle, v0.1 to v0.3, got \""
                    + mediaType + "\"");
        }
        Fields material = require(fields, "verificationMaterial");
        List<LogEntry> entries = limited(material, "tlogEntries").stream()
                .map(LogEntry::parse)
                .toList();
        List<Bytes> timestamps = material.object("timestampVerificationData")
                .map(data -> limited(data, "rfc3161Timestamps"))
                .orElse(List.of())
                .stream()
                .map(each -> bytes(each, "signedTimestamp"))
                .toList();
        return new SigstoreBundle(mediaType, content(fields), signer(material), entries,
                timestamps);
    }

    private static Signed content(Fields fields) {
        Optional<Fields> envelope = fields.object("dsseEnvelope");
        Optional<Fields> message = fields.object("messageSignature");
        if (envelope.isPresent() == message.isPresent()) {
            throw fields.unexpected("dsseEnvelope", "it or a messageSignature");
        }
        if (envelope.isPresent()) {
            return new EnvelopeSigned(Envelope.parse(envelope.get()));
        }
        Fields signed = message.orElseThrow();
        String digest = signed.object("messageDigest")
                .map(each -> hex(bytes(each, "digest")))
                .orElse("");
        return new MessageSigned(bytes(signed, "signature"), digest);
    }

    private static Signer signer(Fields material) {
        Optional<Fields> key = material.object("publicKey");
        if (key.isPresent()) {
            return new KeyHint(key.get().text("hint").orElse(""));
        }
        List<Fields> chain = material.object("certificate")
                .map(List::of)
                .or(() -> material.object("x509CertificateChain")
                        .map(each -> each.objects(
                                "certificates")))
                .orElse(List.of());
        if (chain.isEmpty() || chain.size() > MAX_CERTIFICATES) {
            throw material.unexpected("certificate", "a certificate or a public key's hint");
        }
        return new Certificates(chain.stream().map(each -> bytes(each, "rawBytes")).toList());
    }

    private static List<Fields> limited(Fields fields, String name) {
        List<Fields> list = fields.objects(name);
        if (list.size() > MAX_PROOFS) {
            throw fields.unexpected(name, "at most " + MAX_PROOFS);
        }
        return list;
    }

    static Fields require(Fields fields, String name) {
        return fields.object(name).orElseThrow(() -> fields.unexpected(name, "an object"));
    }

    static Bytes bytes(Fields fields, String name) {
        return Base64Text.decode(fields.requireText(name), fields.path() + "." + name);
    }

    static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }
}
