package dev.chandlery.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.testkit.sigstore.FakeSigstore;
import dev.chandlery.testkit.sigstore.SampleIdentity;
import dev.chandlery.testkit.sigstore.SampleSigner;
import dev.chandlery.trust.Mutations;
import dev.chandlery.trust.statement.Statement;
import dev.chandlery.trust.statement.Subject;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeylessVerifierTest {
    private static final Instant FROM = Instant.parse("2025-03-01T12:00:00Z");
    private static final Instant SIGNED = FROM.plusSeconds(30);
    private static final Bytes CONTENT = Bytes.ofUtf8("an asset");
    private static final Digest DIGEST = CONTENT.digest();
    private static final Digest OTHER = Bytes.ofUtf8("another").digest();
    private static final Statement STATEMENT = new Statement(List.of(Subject.of("asset", DIGEST)),
            "https://in-toto.io/attestation/release/v0.1", Bytes.ofUtf8("{\"caf\u00e9\":1}"));
    private static final SampleIdentity WORKFLOW = SampleIdentity.workflow("acme/tool",
            "release.yml", "refs/tags/v1.0.0");
    private static final Identity PINNED = Identity.exact(WORKFLOW.subject(), WORKFLOW.issuer());

    private static final FakeSigstore SIGSTORE = new FakeSigstore("good");
    private static final TrustedRoot ROOT = TrustedRoot.read(SIGSTORE.trustedRoot(), "root");
    private static final SampleSigner SIGNER = SIGSTORE.signer(WORKFLOW, FROM);

    private static SigstoreProof verify(Bytes bundle) {
        return new KeylessVerifier(ROOT, PINNED).verify(DIGEST, bundle, "asset");
    }

    private static AbstractThrowableAssert<?, ?> refused(Bytes bundle) {
        return assertThatThrownBy(() -> verify(bundle)).isInstanceOf(
                UntrustedContentException.class).hasMessageStartingWith("cannot trust asset: ");
    }

    @Test
    void believesSignaturesOverBytes() {
        SigstoreProof proof = verify(SIGNER.bundle(CONTENT, SIGNED));
        assertThat(proof.subject()).isEqualTo(WORKFLOW.subject());
        assertThat(proof.issuer()).isEqualTo(Identity.GITHUB_ISSUER);
        assertThat(proof.signedAt()).isEqualTo(SIGNED);
        assertThat(proof.statement()).isEmpty();
        assertThat(proof.sourceRepository()).contains("https://github.com/acme/tool");
    }

    @Test
    void believesStatements() {
        SigstoreProof proof = verify(SIGNER.attestation(STATEMENT.toJson(), SIGNED));
        assertThat(proof.statement()).contains(STATEMENT);
        assertThat(proof.signedAt()).isEqualTo(SIGNED);
    }

    @Test
    void believesOldBundlesByTheLogsPromise() {
        assertThat(verify(SIGNER.oldBundle(CONTENT, SIGNED)).signedAt()).isEqualTo(SIGNED);
    }

    @Test
    void believesTimeStampsWhereThereAreNoLogs() {
        TrustedRoot stamped = TrustedRoot.read(SIGSTORE.trustedRootWithoutLogs(), "root");
        Bytes bundle = SIGNER.stampedAttestation(STATEMENT.toJson(), SIGNED);
        assertThat(new KeylessVerifier(stamped, PINNED).verify(DIGEST, bundle, "asset").signedAt())
                .isEqualTo(SIGNED);
        refused(bundle).hasMessageContaining("it was logged in none");
        Bytes late = SIGNER.stampedAttestation(STATEMENT.toJson(), FROM.plusSeconds(700));
        assertThatThrownBy(() -> new KeylessVerifier(stamped, PINNED).verify(DIGEST, late, "a"))
                .hasMessageContaining("but its certificate is for");
    }

    @Test
    void findsTheRootAmongSeveral() {
        Bytes both = Bytes.ofUtf8(new FakeSigstore("other").trustedRoot().utf8() + "\n" + SIGSTORE
                .trustedRoot()
                .utf8() + "\n");
        KeylessVerifier verifier = new KeylessVerifier(TrustedRoot.read(both, "roots"), PINNED);
        assertThat(verifier.verify(DIGEST, SIGNER.bundle(CONTENT, SIGNED), "a").signedAt())
                .isEqualTo(SIGNED);
    }

    @Test
    void refusesOtherIdentitiesAndIssuers() {
        SampleSigner fork = SIGSTORE.signer(SampleIdentity.workflow("evil/tool", "release.yml",
                "refs/tags/v1.0.0"), FROM);
        refused(fork.bundle(CONTENT, SIGNED)).hasMessageContaining("expected it to be signed by \""
                + WORKFLOW.subject()).hasMessageContaining("got \"https://github.com/evil/tool/");
        SampleSigner issuer = SIGSTORE.signer(SampleIdentity.of(WORKFLOW.subject(),
                "https://accounts.example"), FROM);
        refused(issuer.attestation(STATEMENT.toJson(), SIGNED)).hasMessageContaining(
                "of issuer \"https://accounts.example\"");
    }

    @Test
    void pinsWorkflowsByPatterns() {
        Bytes bundle = SIGNER.bundle(CONTENT, SIGNED);
        String workflow = "acme/tool/.github/workflows/release.yml";
        for (Identity identity : List.of(Identity.githubWorkflow(workflow, null), Identity
                .githubWorkflow(workflow, "refs/tags/v1.0.0"), Identity.matching(
                        "https://github\\.com/acme/tool/.*@refs/tags/v.*", WORKFLOW.issuer()))) {
            assertThat(new KeylessVerifier(ROOT, identity).verify(DIGEST, bundle, "a").subject())
                    .isEqualTo(WORKFLOW.subject());
        }
        for (Identity identity : List.of(Identity.githubWorkflow(workflow, "refs/tags/v1.0"),
                Identity.githubWorkflow("acme/tool/.github/workflows/release", null), Identity
                        .matching("https://github\\.com/acme/tool", WORKFLOW.issuer()))) {
            assertThatThrownBy(() -> new KeylessVerifier(ROOT, identity).verify(DIGEST, bundle,
                    "a")).isInstanceOf(UntrustedContentException.class);
        }
        assertThatThrownBy(() -> Identity.matching("(", "i")).isInstanceOf(
                MalformedContentException.class);
    }

    @Test
    void refusesOtherAuthoritiesOfTheSameName() {
        SampleSigner evil = new FakeSigstore("good").signer(WORKFLOW, FROM);
        refused(evil.bundle(CONTENT, SIGNED)).hasMessageContaining(
                "its certificate is not by an authority of the trusted root");
        refused(evil.attestation(STATEMENT.toJson(), SIGNED)).hasMessageContaining("not by an");
    }

    @Test
    void refusesCertificatesThatHadExpired() {
        refused(SIGNER.bundle(CONTENT, FROM.plusSeconds(601))).hasMessageContaining(
                "it was signed at 2025-03-01T12:10:01Z, but its certificate is for"
                        + " 2025-03-01T12:00:00Z to 2025-03-01T12:10:00Z");
        refused(SIGNER.attestation(STATEMENT.toJson(), FROM.minusSeconds(1)))
                .hasMessageContaining("but its certificate is for");
        refused(SIGNER.oldBundle(CONTENT, FROM.plusSeconds(3600))).hasMessageContaining(
                "but its certificate is for");
    }

    @Test
    void refusesCertificatesForOtherUse() {
        SampleSigner web = SIGSTORE.signer(new SampleIdentity(WORKFLOW.subject(), WORKFLOW.issuer(),
                "", false), FROM);
        refused(web.bundle(CONTENT, SIGNED)).hasMessageContaining("not for signing code");
    }

    @Test
    void refusesOtherBytes() {
        KeylessVerifier verifier = new KeylessVerifier(ROOT, PINNED);
        assertThatThrownBy(() -> verifier.verify(OTHER, SIGNER.bundle(CONTENT, SIGNED), "a"))
                .isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining(OTHER
                        .toString());
        assertThatThrownBy(() -> verifier.verify(OTHER, SIGNER.attestation(STATEMENT.toJson(),
                SIGNED), "a")).isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("expected a statement about " + OTHER);
    }

    @Test
    void refusesLogEntriesAboutSomethingElse() {
        String good = SIGNER.bundle(CONTENT, SIGNED).utf8();
        String other = SIGNER.bundle(Bytes.ofUtf8("another"), SIGNED).utf8();
        Bytes mixed = Bytes.ofUtf8(good.substring(0, good.indexOf("\"tlogEntries\"")) + other
                .substring(other.indexOf("\"tlogEntries\""), other.indexOf("\"messageSignature\""))
                + good.substring(good.indexOf("\"messageSignature\"")));
        refused(mixed).hasMessageContaining("its log entry is about something else");
    }

    @Test
    void refusesEntriesOfOtherLogsAndNone() {
        String bundle = SIGNER.bundle(CONTENT, SIGNED).utf8();
        refused(Bytes.ofUtf8(bundle.replaceAll("\"tlogEntries\":\\[.*?],\"timestamp",
                "\"tlogEntries\":[],\"timestamp"))).hasMessageContaining("logged in none");
        refused(Bytes.ofUtf8(bundle.replaceAll("\"keyId\":\"[^\"]*\"", "\"keyId\":\"" + "A".repeat(
                43)
                + "=\""))).hasMessageContaining("names no log");
        refused(Bytes.ofUtf8(bundle.replace("\"integratedTime\":\"1740830430\"",
                "\"integratedTime\":\"1740830431\""))).hasMessageContaining(
                        "not signed by the log");
        refused(Bytes.ofUtf8(bundle.replace("\"inclusionPromise\"", "\"unknown\"")))
                .hasMessageContaining("nothing proves when");
    }

    /** White space, unknown members and hints are signed by nobody; everything else is. */
    @Test
    void neverBelievesDamagedBundles() {
        for (Bytes bundle : List.of(SIGNER.bundle(CONTENT, SIGNED), SIGNER.oldBundle(CONTENT,
                SIGNED), SIGNER.attestation(STATEMENT.toJson(), SIGNED))) {
            Mutations.believedOnly(bundle, 700, KeylessVerifierTest::verify, verify(bundle));
        }
        TrustedRoot stamped = TrustedRoot.read(SIGSTORE.trustedRootWithoutLogs(), "root");
        Bytes bundle = SIGNER.stampedAttestation(STATEMENT.toJson(), SIGNED);
        KeylessVerifier verifier = new KeylessVerifier(stamped, PINNED);
        Mutations.believedOnly(bundle, 700, damaged -> verifier.verify(DIGEST, damaged, "a"),
                verifier.verify(DIGEST, bundle, "a"));
    }

    @Test
    void believesBareEnvelopesAtATimeThatTheCallerStates() {
        Bytes envelope = SIGNER.envelope(STATEMENT.toJson());
        KeylessVerifier verifier = new KeylessVerifier(ROOT, PINNED);
        TimeEvidence stated = new TimeEvidence.Stated(SIGNED, "the release host");
        assertThat(verifier.verify(DIGEST, envelope, stated, "a").statement()).contains(STATEMENT);
        refused(envelope).hasMessageContaining("logged in none");
        TimeEvidence late = new TimeEvidence.Stated(FROM.plusSeconds(700), "the release host");
        assertThatThrownBy(() -> verifier.verify(DIGEST, envelope, late, "a")).isInstanceOf(
                UntrustedContentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]",
            "{\"mediaType\":\"application/vnd.dev.sigstore.bundle+json;version=0.9\"}",
            "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}",
            "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":{\"certificate\":{\"rawBytes\":\"AAAA\"}},\"messageSignature\":{\"signature\":\"AAAA\"}}"})
    void refusesWhatIsNoBundle(String json) {
        assertThatThrownBy(() -> verify(Bytes.ofUtf8(json))).isInstanceOf(
                MalformedContentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"certificateAuthorities\":[{}]}",
            "{\"certificateAuthorities\":[{\"certChain\":{\"certificates\":[{\"rawBytes\":\"AAAA\"}]}}]}",
            "{\"mediaType\":\"text/plain\"}"})
    void refusesWhatIsNoTrustedRoot(String json) {
        assertThatThrownBy(() -> TrustedRoot.read(Bytes.ofUtf8(json), "root")).isInstanceOf(
                MalformedContentException.class).hasMessageStartingWith("cannot read root");
    }

    @Test
    void survivesDamagedRoots() {
        Bytes bundle = SIGNER.bundle(CONTENT, SIGNED);
        Mutations.believedOnly(SIGSTORE.trustedRoot(), 300, damaged -> new KeylessVerifier(
                TrustedRoot.read(damaged, "root"), PINNED).verify(DIGEST, bundle, "asset"), verify(
                        bundle));
    }
}
