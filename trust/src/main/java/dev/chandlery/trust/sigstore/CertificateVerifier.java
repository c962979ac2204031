package dev.chandlery.trust.sigstore;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.trust.Base64Text;
import dev.chandlery.trust.JsonDocument;
import dev.chandlery.trust.bundle.LogEntry;
import dev.chandlery.trust.key.PemBlock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Checks what cosign wrote before bundles: a {@code .sig} with a {@code .pem} certificate, and perhaps a
 * {@code .bundle} of the log's answer. Immutable, thread-safe.
 */
public final class CertificateVerifier {
    private static final String WHAT = "signature by certificate";
    private static final int MAX_SIGNATURE_BYTES = 16 << 10;

    private final TrustedRoot root;
    private final Identity identity;

    public CertificateVerifier(TrustedRoot root, Identity identity) {
        this.root = root;
        this.identity = identity;
    }

    /**
     * Checks signature, certificate and time.
     *
     * @param content that was signed
     * @param signature base64, as {@code cosign sign-blob --output-signature} writes it
     * @param certificate PEM, or base64 of PEM
     * @param time which proves that the certificate was valid then
     * @throws UntrustedContentException when anything of it is not good
     * @throws MalformedContentException when anything of it cannot be read
     */
    public SigstoreProof verify(Bytes content, Bytes signature, Bytes certificate,
            TimeEvidence time) {
        SigningCertificate parsed = SigningCertificate.parse(der(certificate), WHAT);
        if (signature.size() > MAX_SIGNATURE_BYTES) {
            throw new MalformedContentException("cannot read " + WHAT + ": expected at most "
                    + MAX_SIGNATURE_BYTES + " bytes, got " + signature.size());
        }
        Bytes decoded = Base64Text.decode(signature.utf8().strip(), WHAT);
        if (!parsed.key().verifies(content, decoded)) {
            throw new UntrustedContentException("cannot trust " + WHAT
                    + ": it is of other bytes, or not by its certificate's key");
        }
        List<LogEntry> entries = time instanceof TimeEvidence.LogPromise(Bytes json)
                ? List.of(entry(json))
                : List.of();
        return new SignedMaterial(parsed, content.digest(), decoded, entries, List.of(), Optional
                .empty()).prove(root, identity, time, WHAT);
    }

    private static Bytes der(Bytes certificate) {
        List<PemBlock> blocks = PemBlock.parse(certificate, "certificate");
        if (blocks.isEmpty()) {
            blocks = PemBlock.parse(Base64Text.decode(certificate.utf8().strip(), "certificate"),
                    "certificate");
        }
        if (blocks.isEmpty() || !blocks.getFirst().label().equals("CERTIFICATE")) {
            throw new MalformedContentException(
                    "cannot read certificate: expected PEM, or base64 of PEM");
        }
        return blocks.getFirst().content();
    }

    /** {@code {"base64Signature", "cert", "rekorBundle": {"SignedEntryTimestamp", "Payload": {...}}}}. */
    private static LogEntry entry(Bytes json) {
        Fields file = JsonDocument.read(json, "cosign's bundle");
        Fields bundle = file.object("rekorBundle")
                .orElseThrow(() -> file.unexpected("rekorBundle",
                        "an object"));
        Fields payload = bundle.object("Payload")
                .orElseThrow(() -> bundle.unexpected("Payload",
                        "an object"));
        String logId = payload.requireText("logID");
        requireHex(payload, logId);
        return new LogEntry(payload.requireSize("logIndex"), logId, payload.requireSize(
                "integratedTime"), Base64Text.decode(payload.requireText("body"), payload.path()
                        + ".body"), Optional.of(Base64Text.decode(bundle.requireText(
                                "SignedEntryTimestamp"), bundle.path()
                                        + ".SignedEntryTimestamp")), Optional.empty());
    }

    private static void requireHex(Fields payload, String logId) {
        try {
            HexFormat.of().parseHex(logId);
        } catch (IllegalArgumentException e) {
            throw payload.unexpected("logID", "hexadecimal");
        }
    }
}
