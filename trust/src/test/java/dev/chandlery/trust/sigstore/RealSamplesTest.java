package dev.chandlery.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.trust.Mutations;
import dev.chandlery.trust.Resources;
import dev.chandlery.trust.bundle.SigstoreBundle;
import dev.chandlery.trust.statement.Provenance;
import dev.chandlery.trust.statement.ProvenancePolicy;
import dev.chandlery.trust.statement.Statement;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** With what the public instance of sigstore and another one signed. */
class RealSamplesTest {
    private static final TrustedRoot PUBLIC = TrustedRoot.read(Resources.read(
            "sigstore/public-good.root.json"), "root");
    private static final Bytes JAR = Resources.read("sigstore/sigstore-java-2.0.0.jar.json");
    private static final Digest JAR_DIGEST = Digest.parse(
            "sha256:f338c08740cdb2e663737abaf372fc3c442210ab7291c991e180797bd886cd61");
    private static final Identity JAR_WORKFLOW = Identity.githubWorkflow(
            "sigstore/sigstore-java/.github/workflows/release-sigstore-java-from-tag.yaml",
            "refs/tags/v2.0.0");
    private static final Bytes NPM = Resources.read("sigstore/sigstore-js-2.0.0.provenance.json");
    private static final Digest NPM_DIGEST = Digest.parse("sha512:"
            + "46d4e2f74c4877316640000a6fdf8a8b59f1e0847667973e9859f774dd31b8f1"
            + "e0937813b777fb66a2ac67d50540fe34640966eee9fc2ccca387082b4c85cd3c");

    @Test
    void believesTheBundleOfAJar() {
        KeylessVerifier verifier = new KeylessVerifier(PUBLIC, JAR_WORKFLOW);
        SigstoreProof proof = verifier.verify(JAR_DIGEST, JAR, "jar");
        assertThat(proof.signedAt()).isEqualTo(Instant.ofEpochSecond(1763671523));
        assertThat(proof.sourceRepository()).contains("https://github.com/sigstore/sigstore-java");
        assertThat(proof.sourceRef()).contains("refs/tags/v2.0.0");
        Mutations.believedOnly(JAR, 300, damaged -> verifier.verify(JAR_DIGEST, damaged, "jar"),
                proof);
    }

    @Test
    void theBuiltInRootKnowsThePublicInstance() {
        TrustedRoot builtIn = TrustedRoot.publicGood();
        assertThat(new KeylessVerifier(builtIn, JAR_WORKFLOW).verify(JAR_DIGEST, JAR, "jar")
                .signedAt()).isEqualTo(Instant.ofEpochSecond(1763671523));
        assertThat(new KeylessVerifier(builtIn, Identity.githubWorkflow(
                "sigstore/sigstore-js/.github/workflows/release.yml", "refs/heads/main")).verify(
                        NPM_DIGEST, NPM, "package").statement()).isPresent();
        assertThat(builtIn.roots()).singleElement()
                .satisfies(root -> assertThat(root.getTLogs()).hasSize(2))
                .satisfies(root -> assertThat(root.getTSAs()).isNotEmpty());
    }

    @Test
    void refusesTheBundleForOtherBytesIdentitiesAndRoots() {
        assertThatThrownBy(() -> new KeylessVerifier(PUBLIC, JAR_WORKFLOW).verify(Bytes.ofUtf8("x")
                .digest(), JAR, "jar")).isInstanceOf(UntrustedContentException.class);
        assertThatThrownBy(() -> new KeylessVerifier(PUBLIC, Identity.githubWorkflow(
                "sigstore/sigstore-java/.github/workflows/ci.yaml", null)).verify(JAR_DIGEST, JAR,
                        "jar")).isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("expected it to be signed by");
        TrustedRoot other = TrustedRoot.read(Resources.read("sigstore/scaffolding.root.json"),
                "root");
        assertThatThrownBy(() -> new KeylessVerifier(other, JAR_WORKFLOW).verify(JAR_DIGEST, JAR,
                "jar")).isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("not by an authority");
    }

    /** A log entry of kind intoto, in a bundle v0.1. */
    @Test
    void believesProvenanceOfAnNpmPackage() {
        SigstoreProof proof = new KeylessVerifier(PUBLIC, Identity.githubWorkflow(
                "sigstore/sigstore-js/.github/workflows/release.yml", "refs/heads/main")).verify(
                        NPM_DIGEST, NPM, "package");
        Statement statement = proof.statement().orElseThrow();
        assertThat(statement.requireSubject(NPM_DIGEST, "pkg:npm/sigstore@2.0.0", "p").name())
                .isNotEmpty();
        Provenance provenance = ProvenancePolicy.ofSource("https://github.com/sigstore/sigstore-js")
                .withWorkflow(".github/workflows/release.yml")
                .withSourceRef("refs/heads/main")
                .require(statement, "package");
        assertThat(provenance.builder()).isEqualTo(
                "https://github.com/actions/runner/github-hosted");
        assertThatThrownBy(() -> ProvenancePolicy.ofSource("https://github.com/sigstore/other")
                .require(statement, "package")).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void readsSubjectsThatAreOtherNames() {
        SigstoreBundle bundle = SigstoreBundle.parse(Resources.read("sigstore/othername.json"),
                "asset");
        Bytes der = ((SigstoreBundle.Certificates) bundle.signer()).chain().getFirst();
        SigningCertificate certificate = SigningCertificate.parse(der, "asset");
        assertThat(certificate.subject()).isEqualTo("foo!oidc.local");
        assertThat(certificate.issuer()).isEqualTo("http://oidc.local:8080");
    }
}
