package dev.chandlery.upstream.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.testkit.keys.PgpKey;
import dev.chandlery.testkit.upstream.FakeAsset.Fault;
import dev.chandlery.upstream.EvidenceFile;
import dev.chandlery.upstream.VerifiedAsset;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenPGP over the asset and over the checksum file. */
class OpenPgpProofTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;
    private final PgpKey key = new PgpKey();
    @AutoClose
    private GithubScaffold it;

    @BeforeEach
    void open() {
        it = new GithubScaffold(folder);
    }

    @Test
    void aSignatureByThePinnedKeyProves() throws IOException {
        it.release.asset(GithubScaffold.ASSET + ".asc", key.sign(GithubScaffold.CONTENT, THEN));

        VerifiedAsset fetched = it.fetch(verify(key, ""));

        assertThat(fetched.verification().rung()).isEqualTo(Rung.SIGNATURE);
        assertThat(fetched.verification().evidence()).extracting(EvidenceFile::name)
                .containsExactly(
                        GithubScaffold.ASSET + ".asc");
        assertThat(fetched.verification().notes()).singleElement()
                .asString()
                .contains(key
                        .fingerprint());
        assertThat(it.again(fetched, verify(key, ""))).isEqualTo(fetched.verification());
    }

    @Test
    void aSignatureOfTheChecksumFileProvesWhatItNames() throws IOException {
        String sums = GithubScaffold.CONTENT.digest().encoded() + "  " + GithubScaffold.ASSET
                + "\n";
        it.withChecksums(sums).release.asset("SUMS.asc", key.sign(Bytes.ofUtf8(sums), THEN));
        VerifiedAsset fetched = it.fetch(verify(key, ", over: checksums"));
        assertThat(fetched.verification().rung()).isEqualTo(Rung.SIGNATURE);
        assertThat(it.again(fetched, verify(key, ", over: checksums"))).isEqualTo(fetched
                .verification());

        it.asset.tamper(GithubScaffold.OTHER);
        assertThat(it.refused(verify(key, ", over: checksums"))).isInstanceOf(
                ContentMismatchException.class);
        it.asset.tamper(GithubScaffold.CONTENT);
        it.withChecksums(sums + "\n");
        assertThat(it.refused(verify(key, ", over: checksums"))).isInstanceOf(
                UntrustedContentException.class);
    }

    @Test
    void tamperedBytesAreRefused() throws IOException {
        it.release.asset(GithubScaffold.ASSET + ".asc", key.sign(GithubScaffold.CONTENT, THEN));
        it.asset.tamper(GithubScaffold.OTHER);
        assertThat(it.refused(verify(key, ""))).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void anotherKeyIsRefusedThoughItIsInTheFile() throws IOException {
        PgpKey other = new PgpKey();
        it.release.asset(GithubScaffold.ASSET + ".asc", other.sign(GithubScaffold.CONTENT, THEN));
        assertThat(it.refused(verify(key, ""))).isInstanceOf(UntrustedContentException.class);
        it.file("both.asc", key.armoured() + other.armoured());
        assertThat(it.refused("[{openpgp: {fingerprints: [" + key.fingerprint()
                + "], key_files: [both.asc]}}]")).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void aSignatureOfAnotherFileIsRefused() throws IOException {
        it.release.asset(GithubScaffold.ASSET + ".asc", key.sign(Bytes.ofUtf8("README"), THEN));
        assertThat(it.refused(verify(key, ""))).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void aSignatureOfTheFutureIsRefused() throws IOException {
        it.release.asset(GithubScaffold.ASSET + ".asc", key.sign(GithubScaffold.CONTENT, Instant
                .parse("2199-01-01T00:00:00Z")));
        assertThat(it.refused(verify(key, ""))).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void aSignatureThatIsNotThereIsRefused() throws IOException {
        assertThat(it.refused(verify(key, ""))).isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("cannot verify tool-linux-amd64 by openpgp")
                .hasMessageContaining("tool-linux-amd64.asc");
        it.release.asset(GithubScaffold.ASSET + ".asc", key.sign(GithubScaffold.CONTENT, THEN))
                .fault(
                        Fault.MISSING);
        assertThat(it.refused(verify(key, ""))).isInstanceOf(UntrustedContentException.class);
        it.release.asset(GithubScaffold.ASSET + ".asc", "no signature");
        assertThat(it.refused(verify(key, ""))).hasMessageContaining("signature");
    }

    @Test
    void aKeyFileThatIsNotThereIsRefused() throws IOException {
        it.release.asset(GithubScaffold.ASSET + ".asc", key.sign(GithubScaffold.CONTENT, THEN));
        assertThat(it.refused("[{openpgp: {fingerprints: [" + key.fingerprint()
                + "], key_files: [gone.asc]}}]")).isInstanceOf(UntrustedContentException.class)
                .hasMessageContaining("gone.asc: there is no such file");
    }

    @Test
    void signaturesAreNotLookedAtWhenTheyAreSwitchedOff() throws IOException {
        it.withSecurity("{verify_signatures: false}");
        VerifiedAsset fetched = it.fetch(verify(key, ""));
        assertThat(fetched.verification().rung()).isEqualTo(Rung.FIRST_USE);
        assertThat(fetched.verification().notes()).singleElement()
                .asString()
                .contains(
                        "verify_signatures");
    }

    @Test
    void allProofsMustHold() throws IOException {
        it.release.asset(GithubScaffold.ASSET + ".asc", key.sign(GithubScaffold.CONTENT, THEN));
        String one = verify(key, "");
        String two = one.replace(key.fingerprint(), new PgpKey().fingerprint());
        String both = one.substring(0, one.length() - 1) + ", " + two.substring(1);
        assertThat(it.refused(both)).isInstanceOf(UntrustedContentException.class);
    }

    private String verify(PgpKey pinned, String more) throws IOException {
        it.file("key.asc", pinned.armoured());
        return "[{openpgp: {fingerprints: [" + pinned.fingerprint() + "], key_files: [key.asc]"
                + more + "}}]";
    }
}
