package dev.chandlery.upstream.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.testkit.keys.MiniKey;
import dev.chandlery.upstream.Verification;
import dev.chandlery.upstream.VerifiedAsset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Minisign over the checksum file, as buf does it, and over the asset. */
class MinisignProofTest {
    private static final String SUMS = GithubScaffold.CONTENT.digest().encoded() + "  "
            + GithubScaffold.ASSET + "\n";

    @TempDir
    Path folder;
    private final MiniKey key = new MiniKey();
    @AutoClose
    private GithubScaffold it;

    @BeforeEach
    void open() {
        it = new GithubScaffold(folder);
    }

    @Test
    void aSignedChecksumFileProves() throws IOException {
        it.withChecksums(SUMS).release.asset("SUMS.minisig", key.sign(Bytes.ofUtf8(SUMS),
                "timestamp:1\tfile:SUMS"));

        VerifiedAsset fetched = it.fetch(verify(key, ", over: checksums"));

        assertThat(fetched.verification().rung()).isEqualTo(Rung.SIGNATURE);
        assertThat(fetched.verification().notes()).singleElement()
                .asString()
                .contains(
                        "file:SUMS");
        assertThat(it.again(fetched, verify(key, ", over: checksums"))).isEqualTo(fetched
                .verification());
        assertThat(it.refused(verify(new MiniKey(), ", over: checksums"))).isInstanceOf(
                UntrustedContentException.class);
        it.asset.tamper(GithubScaffold.OTHER);
        assertThat(it.refused(verify(key, ", over: checksums"))).isInstanceOf(
                ContentMismatchException.class);
        it.withChecksums(SUMS.replace(GithubScaffold.CONTENT.digest().encoded(),
                GithubScaffold.OTHER.digest().encoded()));
        assertThat(it.refused(verify(key, ", over: checksums"))).isInstanceOf(
                UntrustedContentException.class);
    }

    @Test
    void aSignedAssetProves() throws IOException {
        String name = GithubScaffold.ASSET + ".minisig";
        assertThat(it.refused(verify(key, ""))).hasMessageContaining(name);
        it.release.asset(name, key.sign(GithubScaffold.CONTENT, "c"));
        assertThat(it.fetch(verify(key, "")).verification().rung()).isEqualTo(Rung.SIGNATURE);
        it.release.asset(name, key.sign(GithubScaffold.CONTENT, "c")
                .replace("comment: c",
                        "comment: d"));
        assertThat(it.refused(verify(key, ""))).isInstanceOf(UntrustedContentException.class);
        it.release.asset(name, key.sign(GithubScaffold.OTHER, "c"));
        assertThat(it.refused(verify(key, ""))).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void aProofIsAskedOfTheVersionsThatItIsFor() throws IOException {
        it.withChecksums(SUMS);
        String rule = "[{minisign: {key: '" + key.line() + "', over: checksums}, %s}]";
        for (String later : List.of("since: '1.0.1'", "since: '1.10'", "before: '1.0'")) {
            Verification without = it.fetch(rule.formatted(later)).verification();
            assertThat(without.rung()).as(later).isEqualTo(Rung.CHECKSUM_FILE);
            assertThat(without.notes()).singleElement()
                    .asString()
                    .startsWith("minisign is not asked of 1.0: by verify it is for versions ");
        }
        for (String asked : List.of("since: '1.0'", "since: '0.9'", "before: '1.1'",
                "since: '1.0-rc1', before: '2'")) {
            assertThat(it.refused(rule.formatted(asked))).as(asked)
                    .hasMessageContaining("expected SUMS.minisig, which upstream does not have");
        }
    }

    private static String verify(MiniKey pinned, String more) {
        return "[{minisign: {key: '" + pinned.line() + "'" + more + "}}]";
    }
}
