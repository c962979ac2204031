package dev.chandlery.upstream.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.testkit.sigstore.FakeSigstore;
import dev.chandlery.testkit.sigstore.SampleIdentity;
import dev.chandlery.testkit.sigstore.SampleSigner;
import dev.chandlery.testkit.upstream.FakeAsset.Fault;
import dev.chandlery.testkit.upstream.FakeSite;
import dev.chandlery.testkit.upstream.FakeSite.Page;
import dev.chandlery.trust.statement.Statement;
import dev.chandlery.trust.statement.Subject;
import dev.chandlery.upstream.EvidenceFile;
import dev.chandlery.upstream.VerifiedAsset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures and provenance by identity: bundles, pairs of files, SLSA files, GitHub's attestations. */
class KeylessProofTest {
    private static final Instant FROM = Instant.parse("2026-01-02T02:59:30Z");
    private static final Instant SIGNED = FROM.plusSeconds(60);
    private static final String WORKFLOW = "https://github.com/o/r/.github/workflows/release.yml"
            + "@refs/tags/v1.0";
    private static final String BUNDLE = GithubScaffold.ASSET + ".sigstore.json";

    @TempDir
    Path folder;
    private final FakeSigstore sigstore = new FakeSigstore("good");
    private final SampleSigner signer = sigstore.signer(SampleIdentity.workflow("o/r",
            "release.yml", "refs/tags/v1.0"), FROM);
    private final SampleSigner fork = sigstore.signer(SampleIdentity.workflow("evil/r",
            "release.yml", "refs/tags/v1.0"), FROM);
    private GithubScaffold it;

    @BeforeEach
    void open() throws IOException {
        it = new GithubScaffold(folder).withSecurity("{trusted_root: root.json}");
        it.file("root.json", sigstore.trustedRoot().utf8());
        it.file("other.json", new FakeSigstore("good").trustedRoot().utf8());
    }

    @AfterEach
    void close() {
        it.close();
    }

    @Test
    void aBundleOfThePinnedIdentityProves() throws IOException {
        String verify = "[{sigstore: {identity: '" + WORKFLOW + "'}}]";
        it.release.asset(BUNDLE, signer.bundle(GithubScaffold.CONTENT, SIGNED));
        VerifiedAsset fetched = it.fetch(verify);
        assertThat(fetched.verification().rung()).isEqualTo(Rung.SIGNATURE);
        assertThat(fetched.verification().notes()).singleElement().asString().contains(WORKFLOW);
        assertThat(it.again(fetched, verify)).isEqualTo(fetched.verification());
        assertThat(it.fetch("[{sigstore: {identity_pattern: 'https://github\\.com/o/r/.*'}}]")
                .verification()
                .rung()).isEqualTo(Rung.SIGNATURE);

        for (String other : List.of("[{sigstore: {identity: 'https://github.com/o/r'}}]",
                "[{sigstore: {identity_pattern: 'https://github\\.com/o/r'}}]",
                "[{sigstore: {identity: '" + WORKFLOW + "', issuer: 'https://a.example'}}]",
                "[{sigstore: {identity: '" + WORKFLOW + "', trusted_root: other.json}}]",
                "[{sigstore: {identity: '" + WORKFLOW + "', trusted_root: gone.json}}]")) {
            assertThat(it.refused(other)).as(other).isInstanceOf(UntrustedContentException.class);
        }
        for (Bytes wrong : List.of(fork.bundle(GithubScaffold.CONTENT, SIGNED), signer.bundle(
                GithubScaffold.OTHER, SIGNED), signer.bundle(GithubScaffold.CONTENT, FROM
                        .plusSeconds(900)))) {
            it.release.asset(BUNDLE, wrong);
            assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class);
        }
        it.release.asset(BUNDLE, signer.bundle(GithubScaffold.CONTENT, SIGNED));
        it.asset.tamper(GithubScaffold.OTHER);
        assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void cosignsPairOfFilesProvesByTheTimeOfUpload() throws IOException {
        String verify = "[{sigstore: {identity: '" + WORKFLOW
                + "', signature: '{asset}.sig', certificate: '{asset}.pem', over: checksums}}]";
        String sums = GithubScaffold.CONTENT.digest().encoded() + "  " + GithubScaffold.ASSET
                + "\n";
        it.withChecksums(sums).release.asset("SUMS.sig", signer.signature(Bytes.ofUtf8(sums)));
        it.release.asset("SUMS.pem", signer.certificate());
        VerifiedAsset fetched = it.fetch(verify);
        assertThat(fetched.verification().rung()).isEqualTo(Rung.SIGNATURE);
        assertThat(it.again(fetched, verify)).isEqualTo(fetched.verification());
        assertThat(fetched.verification().evidence()).extracting(EvidenceFile::name)
                .containsExactly(
                        "SUMS", "SUMS.pem", "SUMS.sig", "SUMS.sig.uploaded.txt");

        it.release.asset("SUMS.pem", fork.certificate());
        assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class);
        it.release.asset("SUMS.pem", signer.certificate());
        it.asset.replace(GithubScaffold.CONTENT).withoutDigest(); // a day later, or before
        assertThat(it.fetch(verify).verification().rung()).isEqualTo(Rung.SIGNATURE);
        Bytes signature = signer.signature(Bytes.ofUtf8(sums));
        it.release.find("SUMS.sig").orElseThrow().replace(signature);
        assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class);
        it.release.asset("SUMS.bundle", signer.logPromise(Bytes.ofUtf8(sums), signature, SIGNED));
        assertThat(it.fetch("[{sigstore: {identity: '" + WORKFLOW
                + "', bundle: '{asset}.bundle', over: checksums}}]").verification().rung())
                .isEqualTo(Rung.SIGNATURE);
    }

    @Test
    void slsaProvenanceOfThePinnedBuilderProves() throws IOException {
        String verify = "[{slsa: {source: github.com/o/r, identity: '" + WORKFLOW + "'}}]";
        String name = "multiple.intoto.jsonl";
        Bytes about = signer.envelope(statement("o/r", GithubScaffold.CONTENT));
        Bytes other = signer.envelope(statement("o/r", GithubScaffold.OTHER));
        it.release.asset(name, other.utf8().strip() + "\n" + about.utf8().strip() + "\n");
        VerifiedAsset fetched = it.fetch(verify);
        assertThat(fetched.verification().rung()).isEqualTo(Rung.PROVENANCE);
        assertThat(it.again(fetched, verify)).isEqualTo(fetched.verification());

        it.release.asset(name, other);
        assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class);
        it.release.asset(name, fork.envelope(statement("o/r", GithubScaffold.CONTENT)));
        assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class);
        it.release.asset(name, signer.envelope(statement("o/fork", GithubScaffold.CONTENT)));
        assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class);
        it.release.asset(name, about).fault(Fault.MISSING);
        assertThat(it.refused(verify)).hasMessageContaining(name);
    }

    /** A bundle must be logged: robbed of its entry it is not judged by when it was uploaded. */
    @Test
    void aBundleWithoutItsLogEntryIsRefused() throws IOException {
        String verify = "[{slsa: {source: github.com/o/r, identity: '" + WORKFLOW + "'}}]";
        Bytes whole = signer.attestation(statement("o/r", GithubScaffold.CONTENT), SIGNED);
        it.release.asset("multiple.intoto.jsonl", whole);
        assertThat(it.fetch(verify).verification().rung()).isEqualTo(Rung.PROVENANCE);

        Bytes robbed = Bytes.ofUtf8(whole.utf8()
                .replaceAll("\"tlogEntries\":\\[.*?\\],\"timestamp",
                        "\"tlogEntries\":[],\"timestamp"));
        assertThat(robbed.size()).isLessThan(whole.size());
        it.release.asset("multiple.intoto.jsonl", robbed);
        assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class);
        it.github.attest("o/r", GithubScaffold.CONTENT.digest(), robbed.utf8());
        assertThat(it.refused("[{attestation: {repository: o/r}}]")).isInstanceOf(
                UntrustedContentException.class);
    }

    /** A shared builder signs for everybody; its certificate says for whom. */
    @Test
    void provenanceByASharedBuilderMustHaveRunForTheSource() throws IOException {
        String verify =
                "[{slsa: {source: github.com/o/r, identity_pattern: 'https://github\\.com/.*'}}]";
        it.release.asset("multiple.intoto.jsonl", fork.envelope(statement("o/r",
                GithubScaffold.CONTENT)));
        assertThat(it.refused(verify)).hasMessageContaining("source repository")
                .hasMessageContaining("https://github.com/evil/r");
        it.release.asset("multiple.intoto.jsonl", signer.envelope(statement("O/R",
                GithubScaffold.CONTENT)));
        assertThat(it.fetch(verify).verification().rung()).isEqualTo(Rung.PROVENANCE);
    }

    @Test
    void attestationsThatAreNamedByAddressAreFetchedAndUnpacked() throws IOException {
        String verify = "[{attestation: {repository: o/r}}]";
        Bytes good = signer.attestation(statement("o/r", GithubScaffold.CONTENT), SIGNED);
        try (FakeSite storage = new FakeSite()) {
            storage.put("/bundle.json.sn", new Page(200, Map.of(), snappy(good)));
            storage.put("/bundle.json", new Page(200, Map.of(), good));
            storage.put("/broken.json.sn", Page.of("no such thing"));
            for (String name : List.of("/bundle.json.sn", "/bundle.json")) {
                it.github.attestAt("o/r", GithubScaffold.CONTENT.digest(), storage.uri(name));
                VerifiedAsset fetched = it.fetch(verify);
                assertThat(fetched.verification().rung()).isEqualTo(Rung.PROVENANCE);
                assertThat(it.again(fetched, verify)).isEqualTo(fetched.verification());
            }
            it.github.attestAt("o/r", GithubScaffold.CONTENT.digest(), storage.uri(
                    "/broken.json.sn"));
            assertThat(it.refused(verify)).isInstanceOf(MalformedContentException.class)
                    .hasMessageContaining("neither JSON nor packed by Snappy");
        }
    }

    /** As one literal in Snappy's block form: the length, a tag with the literal's length, the literal. */
    private static Bytes snappy(Bytes content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int rest = content.size(); rest > 0; rest >>>= 7) {
            out.write(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
        }
        out.write(61 << 2);
        out.write((content.size() - 1) & 0xff);
        out.write((content.size() - 1) >>> 8);
        out.writeBytes(content.toArray());
        return Bytes.of(out.toByteArray());
    }

    @Test
    void githubsAttestationProves() throws IOException {
        String verify =
                "[{attestation: {repository: o/r, workflow: .github/workflows/release.yml}}]";
        Bytes good = signer.attestation(statement("o/r", GithubScaffold.CONTENT), SIGNED);
        it.github.attest("o/r", GithubScaffold.CONTENT.digest(), fork.attestation(statement("o/r",
                GithubScaffold.CONTENT), SIGNED).utf8());
        assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class);
        it.github.attest("o/r", GithubScaffold.CONTENT.digest(), good.utf8());
        VerifiedAsset fetched = it.fetch(verify);
        assertThat(fetched.verification().rung()).isEqualTo(Rung.PROVENANCE);
        assertThat(fetched.verification().evidence()).extracting(EvidenceFile::name)
                .contains(
                        GithubScaffold.ASSET + ".attestations.json");
        assertThat(it.again(fetched, verify)).isEqualTo(fetched.verification());

        assertThat(it.refused(verify.replace("release.yml", "ci.yml"))).isInstanceOf(
                UntrustedContentException.class);
        assertThat(it.refused(verify.replace("workflow:", "source: github.com/o/fork, workflow:")))
                .isInstanceOf(UntrustedContentException.class);
        it.asset.tamper(GithubScaffold.OTHER);
        assertThat(it.refused(verify)).hasMessageContaining("has no attestation of "
                + GithubScaffold.OTHER
                        .digest());
        // Bundles that GitHub shows for a digest which they are not about.
        it.github.attest("o/r", GithubScaffold.OTHER.digest(), good.utf8());
        assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class);
    }

    private static Bytes statement(String source, Bytes subject) {
        String build = """
                {"buildDefinition":{"buildType":"t","externalParameters":{"workflow":{
                "ref":"refs/tags/v1.0","repository":"https://github.com/%s",
                "path":".github/workflows/release.yml"}}},
                "runDetails":{"builder":{"id":"https://github.com/actions/runner/github-hosted"}}}
                """.formatted(source);
        return new Statement(List.of(Subject.of(GithubScaffold.ASSET, subject.digest())),
                "https://slsa.dev/provenance/v1", Bytes.ofUtf8(build)).toJson();
    }
}
