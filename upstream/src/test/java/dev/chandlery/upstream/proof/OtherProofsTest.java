package dev.chandlery.upstream.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.testkit.upstream.FakeSite;
import dev.chandlery.testkit.upstream.FakeSite.Page;
import dev.chandlery.testkit.upstream.GithubRequests.Kind;
import dev.chandlery.trust.sign.BundleSigner;
import dev.chandlery.trust.statement.Statement;
import dev.chandlery.trust.statement.Subject;
import dev.chandlery.upstream.VerifiedAsset;
import dev.sigstore.KeylessVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checksums, sigstore by key, provenance by key, and a second channel. */
class OtherProofsTest {
    private static final String HASH = GithubScaffold.CONTENT.digest().encoded();
    private static final String BUILD = """
            {"buildDefinition":{"buildType":"t","externalParameters":{"workflow":{
            "ref":"refs/tags/v1.0","repository":"https://github.com/o/r",
            "path":".github/workflows/release.yml"}},"resolvedDependencies":[{
            "uri":"git+https://github.com/o/r@refs/tags/v1.0","digest":{"gitCommit":"abc"}}]},
            "runDetails":{"builder":{"id":"https://github.com/b/b/.github/workflows/b.yml@v2"}}}
            """;

    @TempDir
    Path folder;
    private final EcKey key = new EcKey();
    private GithubScaffold it;

    @BeforeEach
    void open() throws IOException {
        it = new GithubScaffold(folder);
        it.file("key.pub", key.pem());
        it.file("other.pub", new EcKey().pem());
    }

    @AfterEach
    void close() {
        it.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"2 names|checksum", "none|its checksum in SUMS"})
    void aChecksumFileMustNameItOnce(String what, String expected) throws IOException {
        it.withChecksums(what.equals("none")
                ? HASH + "  other-tool\n"
                : HASH + "  " + GithubScaffold.ASSET + "\n" + "0".repeat(64) + " *bin/"
                        + GithubScaffold.ASSET + "\n");
        assertThat(it.refused("[]")).hasMessageContaining(expected);
    }

    @Test
    void aChecksumFileThatIsPromisedMustBeThereUnlessSwitchedOff() throws IOException {
        it.withChecksums("").release.remove("SUMS");
        assertThat(it.refused("[]")).isInstanceOf(ContentNotFoundException.class)
                .hasMessageContaining(
                        "SUMS");
        it.withSecurity("{verify_checksums: false}");
        assertThat(it.fetch("[]").verification().rung()).isEqualTo(Rung.FIRST_USE);
    }

    @Test
    void cosignsSignatureByKeyProves() throws IOException {
        String verify = "[{sigstore: {key_files: [key.pub], signature: '{asset}.sig'}}]";
        it.release.asset(GithubScaffold.ASSET + ".sig", key.sign(GithubScaffold.CONTENT));
        VerifiedAsset fetched = it.fetch(verify);
        assertThat(fetched.verification().rung()).isEqualTo(Rung.SIGNATURE);
        assertThat(it.again(fetched, verify)).isEqualTo(fetched.verification());

        assertThat(it.refused(verify.replace("key.pub", "other.pub"))).isInstanceOf(
                UntrustedContentException.class);
        it.asset.tamper(GithubScaffold.OTHER);
        assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class);
        it.release.remove(GithubScaffold.ASSET + ".sig");
        assertThat(it.refused(verify)).hasMessageContaining("upstream does not have");
    }

    @Test
    void aBundleByKeyProves() throws IOException {
        String verify = "[{sigstore: {key_files: [key.pub]}}]";
        it.release.asset(GithubScaffold.ASSET + ".sigstore.json", new BundleSigner(key.key())
                .signMessage(GithubScaffold.CONTENT));
        VerifiedAsset fetched = it.fetch(verify);
        assertThat(fetched.verification().rung()).isEqualTo(Rung.SIGNATURE);
        assertThat(it.again(fetched, verify)).isEqualTo(fetched.verification());

        assertThat(it.refused(verify.replace("key.pub", "other.pub"))).isInstanceOf(
                UntrustedContentException.class);
        it.asset.tamper(GithubScaffold.OTHER);
        assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void whatAllPlatformsShareIsFetchedOnce() throws IOException {
        String sums = HASH + "  " + GithubScaffold.ASSET + "\n" + HASH + "  tool-darwin-arm64\n";
        it.withChecksums(sums).release.asset("SUMS.sig", key.sign(Bytes.ofUtf8(sums)));
        it.release.asset("tool-darwin-arm64", GithubScaffold.CONTENT);
        it.fetchAll(
                "[{sigstore: {key_files: [key.pub], signature: '{asset}.sig', over: checksums}}]");
        assertThat(it.github.requests().count(Kind.STORAGE)).isEqualTo(4);
        assertThat(it.github.requests().count(Kind.LISTING)).isEqualTo(1);
    }

    @Test
    void everyHopMustBeAllowed() throws IOException {
        it.withSecurity("{allowed_sources: [127.0.0.1]}");
        assertThat(it.refused("[]")).hasMessageContaining(
                "localhost is not in security.allowed_sources");
        it.withSecurity("{allowed_sources: [127.0.0.1, localhost]}");
        assertThat(it.fetch("[]").verification().rung()).isEqualTo(Rung.FIRST_USE);
    }

    /** The library that we use is signed on sigstore's public instance, of which a root is built in. */
    @Test
    void identitiesOfThePublicInstanceAreKnownWithoutAFile() throws Exception {
        Path jar = Path.of(KeylessVerifier.class.getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String verify = "[{sigstore: {identity: 'https://github.com/sigstore/sigstore-java/.github/"
                + "workflows/release-sigstore-java-from-tag.yaml@refs/tags/v2.0.0'}}]";
        try (InputStream bundle = Objects.requireNonNull(getClass().getResourceAsStream(
                "sigstore-java-2.0.0.jar.json"))) {
            it.release.asset(GithubScaffold.ASSET + ".sigstore.json", Bytes.of(bundle
                    .readAllBytes()));
        }
        it.asset.replace(Bytes.of(Files.readAllBytes(jar)));
        assertThat(it.fetch(verify).verification().rung()).isEqualTo(Rung.SIGNATURE);

        assertThat(it.refused(verify.replace("v2.0.0", "v2.0.1"))).isInstanceOf(
                UntrustedContentException.class);
        it.asset.replace(GithubScaffold.OTHER);
        assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void provenanceByKeyProvesWhereItWasBuilt() throws IOException {
        provenance(GithubScaffold.CONTENT);
        String verify = "[{slsa: {source: github.com/o/r, key_files: [key.pub], "
                + "workflow: .github/workflows/release.yml, ref: 'refs/tags/{tag}', "
                + "builder: 'https://github.com/b/b/*'}}]";
        VerifiedAsset fetched = it.fetch(verify);
        assertThat(fetched.verification().rung()).isEqualTo(Rung.PROVENANCE);
        assertThat(it.again(fetched, verify)).isEqualTo(fetched.verification());

        for (String other : List.of(verify.replace("github.com/o/r", "github.com/o/fork"), verify
                .replace("release.yml", "ci.yml"), verify.replace("tags/{tag}", "heads/main"),
                verify
                        .replace("b/b/*", "c/c/*"), verify.replace("key.pub", "other.pub"))) {
            assertThat(it.refused(other)).isInstanceOf(UntrustedContentException.class);
        }
        provenance(GithubScaffold.OTHER);
        assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class);
        it.release.asset("multiple.intoto.jsonl", "");
        assertThat(it.refused(verify)).hasMessageContaining("has no statement");
    }

    @Test
    void missingAttestationsAreRefused() throws IOException {
        assertThat(it.refused("[{attestation: {repository: o/r}}]")).isInstanceOf(
                UntrustedContentException.class)
                .hasMessageContaining("o/r has no attestation of sha256:" + HASH);
    }

    @Test
    void aSecondChannelMustHaveTheSameBytes() throws IOException {
        try (FakeSite second = new FakeSite()) {
            String verify = "[{second_source: {http: {url: '" + second.address()
                    + "/{version}/it-{platform}', versions: ['1.0']}, "
                    + "platform_words: {linux-x86_64: linux64}}}]";
            assertThat(it.refused(verify)).isInstanceOf(UntrustedContentException.class)
                    .hasMessageContaining("the second channel does not have 1.0");
            second.put("/1.0/it-linux64", Page.of(GithubScaffold.CONTENT.utf8()));
            VerifiedAsset fetched = it.fetch(verify);
            assertThat(fetched.verification().rung()).isEqualTo(Rung.TWO_CHANNELS);
            assertThat(it.again(fetched, verify)).isEqualTo(fetched.verification());
            second.put("/1.0/it-linux64", Page.of("the t00l"));
            assertThat(it.refused(verify)).isInstanceOf(ContentMismatchException.class);
        }
    }

    @Test
    void everyChecksumOfAFileMustBeRight() throws IOException {
        String sha512 = GithubScaffold.CONTENT.digest(Algorithm.SHA512).encoded();
        String name = "  " + GithubScaffold.ASSET + "\n";
        it.withChecksums(HASH + name + sha512 + name);
        assertThat(it.fetch("[]").verification().rung()).isEqualTo(Rung.CHECKSUM_FILE);
        it.withChecksums("0".repeat(64) + name + sha512 + name);
        assertThat(it.refused("[]")).isInstanceOf(ContentMismatchException.class);
    }

    private void provenance(Bytes subject) {
        Statement statement = new Statement(List.of(Subject.of(GithubScaffold.ASSET, subject
                .digest())), "https://slsa.dev/provenance/v1", Bytes.ofUtf8(BUILD));
        it.release.asset("multiple.intoto.jsonl", key.envelope(statement));
    }
}
