package dev.chandlery.registry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections beside a registry that answers. */
final class GarbageCollectorTest {
    private static final Bytes LAYER = Bytes.ofUtf8("layer");
    private static final Bytes STRAY = Bytes.ofUtf8("a stray blob");
    private static final Duration LATER = Duration.ofHours(25);

    @TempDir
    private Path folder;
    private Served registry;

    @BeforeEach
    void start() {
        registry = Served.start(folder);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void endsMembershipOfWhatNoManifestOfTheRepositoryNames() {
        Digest image = registry.pushImage("a", "v1", LAYER);
        registry.client().pushBlob("a", STRAY);
        assertThat(registry.mount("b", LAYER.digest(), "a")).isTrue();
        CollectionReport report = registry.collect(LATER);
        assertThat(report.blobs()).isEqualTo(new Tally(2, STRAY.size() + LAYER.size()));
        assertThat(report.content()).isEqualTo(new Tally(1, STRAY.size()));
        assertThat(registry.hasBlob("a", STRAY.digest())).isFalse();
        assertThat(registry.hasBlob("b", LAYER.digest())).as("named in another one").isFalse();
        assertThat(registry.hasBlob("a", LAYER.digest())).isTrue();
        assertThat(registry.hasManifest("a", image.toString())).isTrue();
        assertThat(registry.stores(STRAY.digest())).isFalse();
    }

    @Test
    void keepsWhatAPushBroughtOrNamedWithinTheGraceTime() {
        registry.client().pushBlob("a", STRAY);
        assertThat(registry.collect(Duration.ofHours(23)).blobs()).isEqualTo(Tally.NONE);
        assertThat(registry.hasBlob("a", STRAY.digest())).isTrue();
    }

    @Test
    void collectsWhatADeletedManifestNamed() {
        Digest image = registry.pushImage("a", "v1", LAYER);
        assertThat(registry.status("DELETE", "/v2/a/manifests/" + image)).isEqualTo(202);
        CollectionReport report = registry.collect(LATER);
        assertThat(report.blobs()).isEqualTo(new Tally(2, LAYER.size() + Served.EMPTY.size()));
        assertThat(report.content().count()).as("the manifest's bytes as well").isEqualTo(3);
    }

    @Test
    void keepsForeignLayersThatTheRepositoryHas() {
        registry.client().pushBlob("a", Served.EMPTY);
        registry.client().pushBlob("a", LAYER);
        registry.client()
                .pushManifest("a", "v1", Graphs.IMAGE, Graphs.image(
                        "application/vnd.oci.image.layer.nondistributable.v1.tar", "", LAYER));
        assertThat(registry.collect(LATER).blobs()).isEqualTo(Tally.NONE);
        assertThat(registry.hasBlob("a", LAYER.digest())).isTrue();
    }

    @Test
    void keepsLockedContent() {
        registry.client().pushBlob("a", STRAY);
        CollectionRequest locked = new CollectionRequest(Duration.ZERO, null, new TreeSet<>(Set.of(
                STRAY.digest())), false);
        assertThat(registry.collect(locked, LATER).blobs()).isEqualTo(Tally.NONE);
        assertThat(registry.hasBlob("a", STRAY.digest())).isTrue();
    }

    @Test
    void tellsInADryRunWhatItWouldDoAndDoesNothing() {
        registry.pushImage("a", "v1", LAYER);
        registry.client().pushBlob("a", STRAY);
        registry.client().pushBlob("b", STRAY);
        assertThat(registry.status("POST", "/v2/a/blobs/uploads/")).isEqualTo(202);
        CollectionRequest request = CollectionRequest.of(CollectionSettings.DEFAULTS);
        CollectionReport dry = registry.collect(request.withDryRun(true), LATER);
        assertThat(registry.hasBlob("a", STRAY.digest())).isTrue();
        assertThat(folder.resolve("uploads")).isNotEmptyDirectory();
        CollectionReport real = registry.collect(request, LATER);
        assertThat(real).isEqualTo(dry);
        assertThat(real.blobs().count()).isEqualTo(2);
        assertThat(real.content().count()).isEqualTo(1);
        assertThat(real.uploads().count()).isEqualTo(1);
        assertThat(folder.resolve("uploads")).isEmptyDirectory();
    }
}
