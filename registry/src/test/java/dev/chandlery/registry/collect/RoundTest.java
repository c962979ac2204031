package dev.chandlery.registry.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.access.RepositoryPattern;
import dev.chandlery.registry.server.RegistryStorage;
import dev.chandlery.registry.server.StorageSettings;
import dev.chandlery.registry.upload.UploadLimits;
import dev.chandlery.registry.upload.UploadSessions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds of several processes on the storage of a registry that answers. */
final class RoundTest {
    private static final Bytes STRAY = Bytes.ofUtf8("a stray blob");
    private static final CollectionSettings SETTINGS = CollectionSettings.DEFAULTS;

    @TempDir
    private Path folder;
    private Served registry;
    private RegistryStorage storage;

    @BeforeEach
    void start() {
        registry = Served.start(folder);
        storage = RegistryStorage.open(StorageSettings.inFolder(folder));
    }

    @AfterEach
    void stop() {
        storage.close();
        registry.close();
    }

    /** As another process has it, and that much later. */
    private Round round(Duration later) {
        Clock clock = Clock.offset(Clock.systemUTC(), later);
        UploadSessions sessions = new UploadSessions(storage.metadata().sessions(), storage.blobs(),
                UploadLimits.DEFAULTS, clock);
        return new Round(new GarbageCollector(storage.metadata(), storage.blobs(), sessions, clock),
                storage.metadata(), clock);
    }

    @Test
    void isDoneByOneProcessInAnInterval() {
        Duration later = Duration.ofDays(1);
        Round one = round(later);
        assertThat(one.run(SETTINGS, Progress.SILENT)).isPresent();
        assertThat(round(later.plusMinutes(59)).run(SETTINGS, Progress.SILENT)).isEmpty();
        assertThat(one.run(SETTINGS, Progress.SILENT)).as("it goes on").isPresent();
        assertThat(round(later.plusMinutes(61)).run(SETTINGS, Progress.SILENT)).as("it ended")
                .isPresent();
        assertThat(one.run(SETTINGS, Progress.SILENT)).as("another took over").isEmpty();
    }

    @Test
    void isTakenOverFromOneThatWasStopped() {
        Progress stopped = new Progress() {
            @Override
            public boolean isStopped() {
                return true;
            }
        };
        Duration later = Duration.ofDays(1);
        assertThat(round(later).run(SETTINGS, stopped)).isPresent();
        assertThat(round(later).run(SETTINGS, Progress.SILENT)).isPresent();
    }

    @Test
    void appliesPoliciesAndCollectsWhatTheyFree() {
        Digest old = registry.pushImage("a", "v1", STRAY);
        Digest fresh = registry.pushImage("a", "v2", Bytes.ofUtf8("fresh"));
        RetentionPolicy policy = new RetentionPolicy(List.of(RepositoryPattern.ALL), 1, List.of(),
                null);
        CollectionReport report = round(Duration.ofDays(2)).run(SETTINGS.withRetention(List.of(
                policy)), Progress.SILENT).orElseThrow();
        assertThat(report.versions().count()).isEqualTo(1);
        assertThat(report.blobs().bytes()).isEqualTo(STRAY.size());
        assertThat(report.content().count()).isEqualTo(2);
        assertThat(registry.hasManifest("a", fresh.toString())).isTrue();
        assertThat(registry.stores(old)).isFalse();
    }

    @Test
    void takesNothingWhenALockFileCannotBeRead() {
        registry.client().pushBlob("a", STRAY);
        CollectionSettings settings = SETTINGS.withLockFiles(List.of(folder.resolve("none.lock")));
        assertThatThrownBy(() -> round(Duration.ofDays(2)).run(settings, Progress.SILENT))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("none.lock: no such file");
        assertThat(registry.hasBlob("a", STRAY.digest())).isTrue();
        assertThat(round(Duration.ofDays(2)).run(SETTINGS, Progress.SILENT)).as(
                "the lease was given back").isPresent();
    }
}
