package dev.chandlery.upstream.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.config.PlatformName;
import dev.chandlery.oci.ErrorKind;
import dev.chandlery.oci.TransferException;
import dev.chandlery.upstream.Asset;
import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.TestTools;
import dev.chandlery.upstream.Upstream;
import dev.chandlery.upstream.VerifiedAsset;
import dev.chandlery.upstream.release.ReleaseRules;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real protoc through the settings of this machine's user. */
@Tag("network")
class MavenNetworkTest {
    private static final PlatformName LINUX = PlatformName.parse("linux-x86_64");

    @TempDir
    Path folder;

    @Test
    void protocIsListedFetchedAndHashed() {
        var tool = TestTools.maven("protoc", "com.google.protobuf", "protoc", "4.*",
                "linux-x86_64");
        try (MavenClient client = MavenClient.open(System.getenv())) {
            Upstream upstream = new MavenUpstream(tool, TestTools.source(tool), TestTools
                    .anySource(),
                    client, new ReleaseRules(tool, InstantSource.system()));
            Release newest = newest(upstream);
            assertThat(newest.version().text()).matches("\\d+\\.\\d+");

            List<Asset> assets = upstream.assets(newest);
            assertThat(assets).extracting(Asset::platform).containsExactly(LINUX);
            AtomicLong progress = new AtomicLong();
            VerifiedAsset fetched = upstream.fetch(assets.getFirst(), folder, progress::addAndGet);
            assertThat(fetched.file()).hasSize(fetched.sizeBytes()).hasSize(progress.get());
            assertThat(fetched.sizeBytes()).isGreaterThan(1_000_000);
        }
    }

    private static Release newest(Upstream upstream) {
        try (var releases = upstream.releases()) {
            return releases.findFirst().orElseThrow();
        } catch (TransferException e) {
            Assumptions.assumeFalse(e.kind() == ErrorKind.TRANSFER, "no network: " + e
                    .getMessage());
            throw e;
        }
    }
}
