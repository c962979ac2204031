package dev.chandlery.registry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
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

    @Nested
    final class UntaggedManifests {
        private static final Bytes OTHER = Bytes.ofUtf8("another layer");

        private CollectionRequest request() {
            return new CollectionRequest(Duration.ofHours(24), Duration.ofDays(7), new TreeSet<>(),
                    false);
        }

        private CollectionReport collect() {
            CollectionReport dry = registry.collect(request().withDryRun(true), Duration.ofDays(8));
            CollectionReport real = registry.collect(request(), Duration.ofDays(8));
            assertThat(real).isEqualTo(dry);
            return real;
        }

        @Test
        void stayUnlessAskedFor() {
            Digest image = registry.pushImage("a", Graphs.image(LAYER).digest().toString(), LAYER);
            assertThat(registry.collect(Duration.ofDays(1000)).manifests()).isEqualTo(Tally.NONE);
            assertThat(registry.hasManifest("a", image.toString())).isTrue();
        }

        @Test
        void goWithWhatOnlyTheyName() {
            Digest old = registry.pushImage("a", "v1", LAYER);
            Digest fresh = registry.pushImage("a", "v1", OTHER);
            CollectionReport report = collect();
            assertThat(report.manifests().count()).isEqualTo(1);
            assertThat(report.blobs()).isEqualTo(new Tally(1, LAYER.size()));
            assertThat(report.content().count()).isEqualTo(2);
            assertThat(registry.hasManifest("a", old.toString())).isFalse();
            assertThat(registry.hasManifest("a", fresh.toString())).isTrue();
            assertThat(registry.hasBlob("a", Served.EMPTY.digest())).as("named by both").isTrue();
        }

        @Test
        void stayWhenTheyWereNeededNotLongAgo() {
            registry.pushImage("a", Graphs.image(LAYER).digest().toString(), LAYER);
            assertThat(registry.collect(request(), Duration.ofDays(6)).manifests()).isEqualTo(
                    Tally.NONE);
        }

        @Test
        void stayAsPartsOfWhatStaysAndAttachedToIt() {
            Digest part = registry.pushImage("a", Graphs.image(LAYER).digest().toString(), LAYER);
            Bytes index = Graphs.index(Graphs.image(LAYER));
            registry.client().pushManifest("a", "v1", Graphs.INDEX, index);
            Digest attached = attach(index.digest());
            assertThat(collect().manifests()).isEqualTo(Tally.NONE);
            assertThat(registry.hasManifest("a", part.toString())).isTrue();
            assertThat(registry.hasManifest("a", attached.toString())).isTrue();
        }

        @Test
        void takeTheirPartsAndWhatIsAttachedWithThem() {
            registry.pushImage("a", Graphs.image(LAYER).digest().toString(), LAYER);
            Bytes index = Graphs.index(Graphs.image(LAYER));
            registry.client().pushManifest("a", index.digest().toString(), Graphs.INDEX, index);
            Digest kept = registry.pushImage("a", "kept", OTHER);
            Bytes signature = Graphs.attached(index.digest());
            registry.client()
                    .pushManifest("a", "sha256-" + index.digest().encoded() + ".sig", Graphs.IMAGE,
                            signature);
            assertThat(collect().manifests().count()).isEqualTo(3);
            assertThat(registry.hasManifest("a", signature.digest().toString())).isFalse();
            assertThat(registry.hasManifest("a", kept.toString())).isTrue();
        }

        @Test
        void stayWhileSomethingWithATagIsAttachedToThem() {
            Digest image = registry.pushImage("a", Graphs.image(LAYER).digest().toString(), LAYER);
            registry.client().pushManifest("a", "sbom", Graphs.IMAGE, Graphs.attached(image));
            assertThat(collect().manifests()).isEqualTo(Tally.NONE);
        }

        @Test
        void stayWhenTheyNameWhatALockFileNames() {
            registry.pushImage("a", Graphs.image(LAYER).digest().toString(), LAYER);
            CollectionRequest locked = new CollectionRequest(Duration.ZERO, Duration.ZERO,
                    new TreeSet<>(Set.of(LAYER.digest())), false);
            assertThat(registry.collect(locked, Duration.ofDays(8)).manifests()).isEqualTo(
                    Tally.NONE);
        }

        private Digest attach(Digest subject) {
            Bytes manifest = Graphs.attached(subject);
            return registry.client()
                    .pushManifest("a", manifest.digest().toString(), Graphs.IMAGE, manifest);
        }
    }

    @Test
    void keepsABlobThatAClientJustFound() {
        registry.client().pushBlob("a", STRAY);
        registry.age(Duration.ofHours(25));
        CollectionRequest request = CollectionRequest.of(CollectionSettings.DEFAULTS);
        assertThat(registry.collect(request.withDryRun(true), Duration.ZERO).blobs().count())
                .isEqualTo(1);
        assertThat(registry.status("HEAD", "/v2/a/blobs/" + STRAY.digest())).isEqualTo(200);
        assertThat(registry.collect(Duration.ZERO).blobs()).isEqualTo(Tally.NONE);
    }

    @Test
    void countsFromTheLossOfTheTag() {
        Digest moved = registry.pushImage("a", "v1", LAYER);
        Digest deleted = registry.pushImage("b", "v1", LAYER);
        registry.age(Duration.ofDays(100));
        registry.pushImage("a", "v1", STRAY);
        assertThat(registry.status("DELETE", "/v2/b/manifests/v1")).isEqualTo(202);
        CollectionRequest request = new CollectionRequest(Duration.ofHours(24), Duration.ofDays(7),
                new TreeSet<>(), false);
        assertThat(registry.collect(request, Duration.ofDays(6)).manifests()).isEqualTo(
                Tally.NONE);
        assertThat(registry.collect(request, Duration.ofDays(8)).manifests().count()).isEqualTo(2);
        assertThat(registry.hasManifest("a", moved.toString())).isFalse();
        assertThat(registry.hasManifest("b", deleted.toString())).isFalse();
    }

    @Test
    void keepsWhatSomethingWasJustAttachedTo() {
        Digest image = registry.pushImage("a", Graphs.image(LAYER).digest().toString(), LAYER);
        registry.age(Duration.ofDays(100));
        Bytes signature = Graphs.attached(image);
        registry.client()
                .pushManifest("a", signature.digest().toString(), Graphs.IMAGE, signature);
        CollectionRequest request = new CollectionRequest(Duration.ofHours(24), Duration.ofDays(7),
                new TreeSet<>(), false);
        assertThat(registry.collect(request, Duration.ZERO).manifests()).isEqualTo(Tally.NONE);
    }

    @Test
    void dropsWhatKilledProcessesStaged() throws IOException {
        Path staged = Files.writeString(folder.resolve("uploads/manifest-left"), "some");
        assertThat(registry.collect(Duration.ofMinutes(59)).uploads()).isEqualTo(Tally.NONE);
        assertThat(registry.collect(Duration.ofMinutes(61)).uploads()).isEqualTo(new Tally(1, 4));
        assertThat(staged).doesNotExist();
    }
}
