package dev.chandlery.trust.sigstore;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.json.Fields;
import dev.chandlery.trust.JsonDocument;
import dev.chandlery.trust.bundle.SigstoreBundle;
import dev.chandlery.trust.bundle.SigstoreBundle.Certificates;
import dev.chandlery.trust.bundle.SigstoreBundle.EnvelopeSigned;
import dev.chandlery.trust.bundle.SigstoreBundle.KeyHint;
import dev.chandlery.trust.bundle.SigstoreBundle.MessageSigned;
import dev.chandlery.trust.key.PemBlock;
import dev.chandlery.trust.statement.Envelope;
import dev.chandlery.trust.statement.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Checks sigstore bundles, v0.1 to v0.3, against a trusted root; and bare DSSE envelopes that carry a
 * certificate, as generators of SLSA provenance wrote them. Immutable, thread-safe.
 */
public final class KeylessVerifier {
    private final TrustedRoot root;
    private final Identity identity;

    public KeylessVerifier(TrustedRoot root, Identity identity) {
        this.root = root;
        this.identity = identity;
    }

    /**
     * Requires that the bundle signs this artifact: its digest itself, or a statement with it as subject.
     *
     * @param artifact SHA-256; for statements also SHA-512
     * @param bundle JSON, one bundle
     * @throws UntrustedContentException when it does not, or by another identity
     * @throws MalformedContentException when it is no bundle
     */
    public SigstoreProof verify(Digest artifact, Bytes bundle, String what) {
        return verify(artifact, bundle, new TimeEvidence.None(), what);
    }

    /**
     * As {@link #verify(Digest, Bytes, String)}, with a time that counts for bare envelopes, which have no place
     * for one. A bundle without log entry and time stamp was robbed of them.
     */
    public SigstoreProof verify(Digest artifact, Bytes bundle, TimeEvidence time, String what) {
        Fields fields = JsonDocument.read(bundle, what);
        SignedMaterial material = SigstoreBundle.isBundle(fields)
                ? bundled(SigstoreBundle.parse(fields), artifact, what)
                : enveloped(Envelope.parse(fields), artifact, what);
        return material.prove(root, identity, SigstoreBundle.isBundle(fields)
                ? new TimeEvidence.None()
                : time, what);
    }

    private static SignedMaterial bundled(SigstoreBundle bundle, Digest artifact, String what) {
        SigningCertificate certificate = switch (bundle.signer()) {
            case Certificates(List<Bytes> chain) -> SigningCertificate.parse(chain.getFirst(),
                    what);
            case KeyHint _ -> throw new UntrustedContentException("cannot trust " + what
                    + ": expected a signature by certificate, got one by key");
        };
        return switch (bundle.content()) {
            case MessageSigned(Bytes signature, _) -> {
                if (!certificate.key().verifiesDigest(artifact, signature)) {
                    throw new UntrustedContentException("cannot trust " + what
                            + ": its signature is not of " + artifact
                            + ", or not by its certificate's key");
                }
                yield new SignedMaterial(certificate, artifact, signature, bundle.entries(), bundle
                        .timestamps(), Optional.empty());
            }
            case EnvelopeSigned(Envelope envelope) -> {
                SignedMaterial signed = signed(envelope, certificate, artifact, what);
                yield new SignedMaterial(certificate, signed.logged(), signed.signature(), bundle
                        .entries(), bundle.timestamps(), signed.statement());
            }
        };
    }

    private static SignedMaterial enveloped(Envelope envelope, Digest artifact, String what) {
        String pem = envelope.signatures().getFirst().certificate();
        List<PemBlock> blocks = PemBlock.parse(Bytes.ofUtf8(pem), "certificate of " + what);
        if (blocks.isEmpty()) {
            throw new UntrustedContentException("cannot trust " + what
                    + ": expected a signature by certificate, got none");
        }
        return signed(envelope, SigningCertificate.parse(blocks.getFirst().content(), what),
                artifact, what);
    }

    private static SignedMaterial signed(Envelope envelope, SigningCertificate certificate,
            Digest artifact, String what) {
        // More than one would leave open which of them a log entry or time stamp is about.
        boolean good = envelope.signatures().size() == 1 && certificate.key()
                .verifies(envelope
                        .preAuthenticationEncoding(), envelope.signatures().getFirst().signature());
        if (!good) {
            throw new UntrustedContentException("cannot trust " + what
                    + ": expected one signature of the statement by its certificate's key");
        }
        Statement statement = envelope.statement(what);
        statement.requireSubject(artifact, what);
        return new SignedMaterial(certificate, envelope.payload().digest(), envelope.signatures()
                .getFirst()
                .signature(), List.of(), List.of(), Optional.of(statement));
    }
}
