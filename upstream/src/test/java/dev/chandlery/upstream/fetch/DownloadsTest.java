package dev.chandlery.upstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.security.SecurityChecks;
import dev.chandlery.config.security.SecuritySpec;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.Origin;
import dev.chandlery.oci.http.TransportOptions;
import dev.chandlery.oci.http.TransportOptions.RetryPolicy;
import dev.chandlery.testkit.RandomContent;
import dev.chandlery.testkit.upstream.FakeAsset;
import dev.chandlery.testkit.upstream.FakeAsset.Fault;
import dev.chandlery.testkit.upstream.FakeAsset.Stored;
import dev.chandlery.testkit.upstream.FakeGithub;
import dev.chandlery.testkit.upstream.GithubRequests.Kind;
import dev.chandlery.testkit.upstream.GithubRequests.Seen;
import dev.chandlery.upstream.FileHashes;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Downloads that break, change, and come in parts. */
class DownloadsTest {
    private static final long SIZE = 300_001;
    private static final Stored CONTENT = Stored.of(new RandomContent(7, SIZE));
    private static final DownloadLimits ONE = new DownloadLimits(SIZE + 1, 64 * 1024, 1, 0);
    private static final DownloadLimits PARTS = new DownloadLimits(SIZE, 64 * 1024, 3, 8);

    @TempDir
    Path folder;
    private final FakeGithub github = new FakeGithub();
    private final FakeAsset asset = github.release("o/r", "v1").asset("tool", CONTENT);
    private final HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT.withRetry(
            new RetryPolicy(1, java.time.Duration.ZERO, java.time.Duration.ZERO,
                    java.time.Duration.ZERO))
            .withAllowedOrigins(Set.of(Origin.of(URI.create("http://" + github
                    .storageOrigin())))));
    private final AtomicLong progress = new AtomicLong();

    @AfterEach
    void close() {
        transport.close();
        github.close();
    }

    @Test
    void aBrokenDownloadGoesOnWhereItBroke() {
        github.useLinksOnce();
        asset.fault(Fault.BREAKS_ONCE);

        assertThat(download(ONE).sha256()).isEqualTo(CONTENT.digest());

        List<Seen> seen = github.requests().all(Kind.STORAGE);
        assertThat(seen).hasSize(2);
        assertThat(seen.getFirst().range()).isEmpty();
        assertThat(seen.get(1).range().orElseThrow()).matches("bytes=[1-9]\\d+-");
        assertThat(progress).hasValue(SIZE);
    }

    @Test
    void aFileThatChangedIsTakenFromTheStart() {
        asset.fault(Fault.CHANGES_ON_RESUME);
        FileHashes.Result result = download(ONE);
        assertThat(result.size()).isEqualTo(SIZE);
        assertThat(result.sha256()).isNotEqualTo(CONTENT.digest());
        assertThat(folder.resolve("tool")).hasSize(SIZE);
        assertThat(progress).hasValue(SIZE);
    }

    @Test
    void aServerWithoutRangesIsAskedForAllAgain() {
        asset.withoutRanges().fault(Fault.BREAKS_ONCE);
        assertThat(download(ONE).sha256()).isEqualTo(CONTENT.digest());
        assertThat(download(PARTS).sha256()).isEqualTo(CONTENT.digest());
    }

    @Test
    void aLargeFileComesByPartsHashedInOrder() {
        assertThat(download(PARTS).sha256()).isEqualTo(CONTENT.digest());

        List<Optional<String>> ranges = github.requests()
                .all(Kind.STORAGE)
                .stream()
                .map(
                        Seen::range)
                .toList();
        assertThat(ranges).hasSize(5)
                .contains(Optional.empty(), Optional.of("bytes=65536-131071"), Optional.of(
                        "bytes=262144-300000"));
        assertThat(progress).hasValue(SIZE);
    }

    @Test
    void aPartThatBrokeIsTakenAgain() {
        asset.fault(Fault.BREAKS_ONCE);
        assertThat(download(PARTS).sha256()).isEqualTo(CONTENT.digest());
        assertThat(folder.resolve("tool")).hasSize(SIZE);
    }

    @Test
    void partsOfTwoVersionsAreNeverMixed() {
        asset.fault(Fault.CHANGES_ON_RESUME);
        FileHashes.Result result = download(PARTS);
        FileHashes.Result again = download(ONE);
        assertThat(result.sha256()).isEqualTo(again.sha256());
    }

    @ParameterizedTest
    @EnumSource(names = {"MISSING", "OTHER_SIZE", "TRUNCATED"})
    void whatCannotBeHadLeavesNothing(Fault fault) {
        asset.fault(fault);
        Class<? extends OciException> expected = switch (fault) {
            case MISSING -> ContentNotFoundException.class;
            case OTHER_SIZE -> ContentMismatchException.class;
            default -> TransferException.class;
        };
        for (DownloadLimits limits : List.of(ONE, PARTS)) {
            assertThatThrownBy(() -> download(limits)).isInstanceOf(expected);
            assertThat(folder).isEmptyDirectory();
        }
    }

    private FileHashes.Result download(DownloadLimits limits) {
        SecuritySpec security = new SecuritySpec(new SecurityChecks(true, true, false, false), List
                .of(), List.of(), List.of(Algorithm.SHA256), Rung.FIRST_USE, Optional.empty());
        URI uri = github.api().resolve("/o/r/releases/download/v1/tool");
        return new Downloads(transport, security, limits).download(HttpCall.get(uri), folder
                .resolve("tool"), OptionalLong.of(SIZE), progress::addAndGet);
    }
}
