package dev.chandlery.upstream.proof;

import dev.chandlery.config.proof.AttestationSpec;
import dev.chandlery.config.proof.BuildSpec;
import dev.chandlery.config.proof.ProofSpec;
import dev.chandlery.config.proof.SigstoreSpec.ByIdentity;
import dev.chandlery.config.proof.SigstoreSpec.ByKey;
import dev.chandlery.config.proof.SigstoreSpec.Signer;
import dev.chandlery.config.proof.SlsaSpec;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.trust.key.VerificationKey;
import dev.chandlery.trust.sign.BundleVerifier;
import dev.chandlery.trust.sigstore.AttestationList;
import dev.chandlery.trust.sigstore.SigstoreProof;
import dev.chandlery.trust.sigstore.TimeEvidence;
import dev.chandlery.trust.statement.Envelope;
import dev.chandlery.trust.statement.Provenance;
import dev.chandlery.trust.statement.ProvenancePolicy;
import dev.chandlery.trust.statement.Statement;
import dev.chandlery.upstream.FileHashes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks signed provenance: who signed it, that it is about the asset, and what was built from where. */
final class Builds {
    private static final int MAX_STATEMENTS = 1_000;

    private final SigstoreSignatures sigstore;
    private final Algorithm named;

    /** @param named algorithm of the digest by which statements name a file */
    Builds(SigstoreSignatures sigstore, Algorithm named) {
        this.sigstore = sigstore;
        this.named = named;
    }

    /** A file may have several statements in lines; one about the asset that says all of it is enough. */
    void slsa(SlsaSpec spec, Signed signed) {
        Signed.Published file = signed.require(spec, spec.provenance(), signed.candidate().name());
        any(spec, signed, new Statements(statements(file), file.name(), signed.time(file)), spec
                .signer(), spec.build());
    }

    /** One in each line, a single one, or a list as npm registries answer it. */
    private static List<Bytes> statements(Signed.Published file) {
        String text = file.content().utf8().strip();
        if (text.startsWith("{\"attestations\"")) {
            return AttestationList.parse(file.content(), file.name()).bundles();
        }
        return text.startsWith("{\n")
                ? List.of(file.content())
                : text.lines()
                        .filter(line -> !line.isBlank())
                        .map(Bytes::ofUtf8)
                        .toList();
    }

    private Digest subject(Signed signed) {
        FileHashes.Result hashes = signed.candidate().hashes();
        return switch (named) {
            case SHA256 -> hashes.sha256();
            case SHA512 -> hashes.sha512();
        };
    }

    void attestation(AttestationSpec spec, Signed signed) {
        Digest digest = signed.candidate().hashes().sha256();
        ProofRequest request = new ProofRequest.Attestations(signed.candidate().name(), spec
                .repository(), digest);
        Bytes answer = signed.findings()
                .find(request)
                .orElseThrow(() -> signed.untrusted(spec,
                        spec.repository() + " has no attestation of " + digest));
        List<Bytes> bundles = AttestationList.parse(answer, request.evidenceName()).bundles();
        any(spec, signed, new Statements(bundles, request.evidenceName(), new TimeEvidence.None()),
                spec.signer(), spec.build());
    }

    /** Signed statements, the name of the file that they are in, and since when that is there. */
    private record Statements(List<Bytes> all, String file, TimeEvidence time) {}

    private void any(ProofSpec spec, Signed signed, Statements statements, Signer signer,
            BuildSpec build) {
        Set<String> failures = new LinkedHashSet<>();
        for (Bytes each : statements.all().stream().limit(MAX_STATEMENTS).toList()) {
            try {
                Believed believed = believe(spec, signed, signer, new Statements(List.of(each),
                        statements.file(), statements.time()));
                requireSource(build, believed, statements.file());
                Provenance provenance = policy(build, signed).require(believed.statement(),
                        statements.file());
                signed.findings().note(believed.by());
                signed.findings()
                        .note(spec.word() + ": built from " + provenance
                                .sourceRepository() + provenance.sourceRef()
                                        .map(ref -> " " + ref)
                                        .orElse("") + " by " + provenance.builder());
                return;
            } catch (UntrustedContentException | MalformedContentException e) {
                failures.add(e.getMessage());
            }
        }
        throw signed.untrusted(spec, failures.isEmpty()
                ? statements.file() + " has no statement"
                : String.join("; ", failures.stream().limit(3).toList()));
    }

    /**
     * A statement whose signature is good.
     *
     * @param by whose it is, for people
     * @param source repository that the signing workflow ran for, where a certificate says so
     */
    private record Believed(Statement statement, String by, Optional<String> source) {}

    /** Builders are shared by all the world; the authority knows for whom one of them ran. */
    private static void requireSource(BuildSpec build, Believed believed, String file) {
        believed.source()
                .filter(actual -> !ProvenancePolicy.isSameSource(build.source(), actual))
                .ifPresent(actual -> {
                    throw new UntrustedContentException("cannot trust " + file
                            + ": expected its certificate to be for source repository \"" + build
                                    .source() + "\", got \"" + actual + "\"");
                });
    }

    private Believed believe(ProofSpec spec, Signed signed, Signer signer, Statements one) {
        Digest digest = subject(signed);
        KeyFiles.Named each = new KeyFiles.Named(one.all().getFirst(), one.file());
        return switch (signer) {
            case ByIdentity by -> {
                SigstoreProof proof = sigstore.keyless(by)
                        .verify(digest, each.content(), one.time(), each.what());
                Statement statement = proof.statement()
                        .orElseThrow(() -> signed.untrusted(spec,
                                "expected a signed statement, found a plain signature"));
                yield new Believed(statement, SigstoreSignatures.note(each.what(), proof), proof
                        .sourceRepository());
            }
            case ByKey by -> {
                List<VerificationKey> keys = SigstoreSignatures.keys(by.keys());
                Statement statement = isBundle(each.content())
                        ? new BundleVerifier(keys).verify(each.content(), digest, each.what())
                                .statement()
                        : enveloped(spec, signed, keys, each);
                yield new Believed(statement, spec.word() + ": " + each.what()
                        + " signed by one of the keys " + keys, Optional.empty());
            }
        };
    }

    private static boolean isBundle(Bytes content) {
        return content.utf8().contains("\"verificationMaterial\"");
    }

    private Statement enveloped(ProofSpec spec, Signed signed, List<VerificationKey> keys,
            KeyFiles.Named each) {
        Envelope envelope = Envelope.parse(each.content(), each.what());
        Bytes encoded = envelope.preAuthenticationEncoding();
        boolean good = envelope.signatures()
                .stream()
                .anyMatch(signature -> keys.stream()
                        .anyMatch(key -> key.verifies(encoded, signature.signature())));
        if (!good || !envelope.payloadType().equals(Statement.PAYLOAD_TYPE)) {
            throw signed.untrusted(spec, "expected a statement signed by " + keys + ", found "
                    + (good ? envelope.payloadType() : "none of their signatures"));
        }
        Statement statement = Statement.parse(envelope.payload(), each.what());
        statement.requireSubject(subject(signed), each.what());
        return statement;
    }

    private static ProvenancePolicy policy(BuildSpec build, Signed signed) {
        ProvenancePolicy policy = ProvenancePolicy.ofSource(build.source());
        if (build.workflow().isPresent()) {
            policy = policy.withWorkflow(build.workflow().get());
        }
        if (build.builder().isPresent()) {
            policy = policy.withBuilder(build.builder().get());
        }
        return build.ref().isPresent()
                ? policy.withSourceRef(build.ref().get().expand(signed.values()))
                : policy;
    }
}
