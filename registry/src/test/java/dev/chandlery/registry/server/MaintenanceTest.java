package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.access.RepositoryPattern;
import dev.chandlery.registry.blob.FileBlobStorage;
import dev.chandlery.registry.collect.CollectionSettings;
import dev.chandlery.registry.collect.Graphs;
import dev.chandlery.registry.collect.RetentionPolicy;
import dev.chandlery.registry.collect.Served;
import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.observe.AuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MaintenanceTest {
    private static final Bytes KEPT = Bytes.ofUtf8("kept");
    private static final Bytes DELETED = Bytes.ofUtf8("deleted");
    private static final Bytes SHARED = Bytes.ofUtf8("shared");

    @TempDir
    private Path folder;

    @Test
    void removesContentThatNoRepositoryHasWhenItIsOldEnough() {
        try (RunningRegistry registry = RunningRegistry.start(folder)) {
            registry.client().pushBlob("a", KEPT);
            registry.client().pushBlob("a", DELETED);
            registry.client().pushBlob("a", SHARED);
            registry.client().pushBlob("b", SHARED);
            delete(registry, DELETED.digest());
            delete(registry, SHARED.digest());
        }
        FileBlobStorage storage = FileBlobStorage.readOnly(folder);
        try (RunningRegistry soon = RunningRegistry.start(folder)) {
            soon.client().pushBlob("b", KEPT);
        }
        assertThat(storage.find(DELETED.digest())).as("too young").isPresent();
        try (RunningRegistry later = startLater()) {
            Awaitility.await().until(() -> storage.find(DELETED.digest()).isEmpty());
            assertThat(later.call("GET", "/v2/a/blobs/" + KEPT.digest()).send().body()).isEqualTo(
                    "kept");
            assertThat(later.call("GET", "/v2/b/blobs/" + SHARED.digest()).send().body()).isEqualTo(
                    "shared");
        }
    }

    @Test
    void keepsContentThatIsPlacedAgainWhileItIsAboutToBeRemoved() {
        FileBlobStorage storage = FileBlobStorage.open(folder);
        place(storage, KEPT);
        storage.remove(KEPT.digest(), Instant.now().minusSeconds(60));
        assertThat(storage.find(KEPT.digest())).as("placed since then").isPresent();
        Instant afterwards = Instant.now().plusSeconds(1);
        storage.remove(KEPT.digest(), afterwards);
        assertThat(storage.find(KEPT.digest())).isEmpty();
        storage.remove(KEPT.digest(), afterwards);
    }

    @Test
    void removesWhatAKilledProcessStaged() throws IOException {
        Path uploads = Files.createDirectories(folder.resolve("uploads"));
        Files.writeString(uploads.resolve("manifest-left"), "x");
        Files.writeString(uploads.resolve("0123456789abcdef"), "x");
        try (RunningRegistry registry = RunningRegistry.start(folder)) {
            assertThat(uploads).isEmptyDirectory();
            registry.client().pushBlob("a", KEPT);
        }
    }

    @Test
    void appliesPoliciesAndWritesDownWhatTheyTook() throws IOException {
        try (RunningRegistry registry = RunningRegistry.start(folder)) {
            registry.client().pushBlob("a", Served.EMPTY);
            registry.client().pushManifest("a", "v1", Graphs.IMAGE, Graphs.image());
            registry.client().pushBlob("a", KEPT);
            registry.client().pushManifest("a", "v2", Graphs.IMAGE, Graphs.image(KEPT));
        }
        Path logs = Files.createDirectory(folder.resolve("logs"));
        RetentionPolicy policy = new RetentionPolicy(List.of(RepositoryPattern.ALL), 1, List.of(),
                null);
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofDays(2)), ZoneOffset.UTC);
        try (AuditLog audit = AuditLog.open(logs, Duration.ofDays(7), later);
                RunningRegistry registry = RunningRegistry.start(folder, ServerOptions.loopback(
                        PortChoice.ANY)
                        .withClock(later)
                        .withPolicies(Policies.DEFAULTS.withCollection(CollectionSettings.DEFAULTS
                                .withRetention(List.of(policy))))
                        .withInsight(new Insight(List.of(audit), false)))) {
            Path file = logs.resolve("audit-" + LocalDate.now(later) + ".jsonl");
            Awaitility.await().until(() -> Files.size(file) > 0);
            assertThat(Files.readString(file)).contains("\"actor\":\"retention\"",
                    "\"operation\":\"delete-manifest\"", "\"repository\":\"a\"",
                    "\"target\":\"v1\"", Graphs.image().digest().toString());
            assertThat(registry.call("GET", "/v2/a/manifests/v1").send().statusCode()).isEqualTo(
                    404);
            assertThat(registry.call("GET", "/v2/a/manifests/v2").send().statusCode()).isEqualTo(
                    200);
        }
    }

    private static void place(FileBlobStorage storage, Bytes content) {
        try (var staged = storage.stage("x", true).orElseThrow()) {
            staged.append(content.toArray(), content.size());
            staged.commit(content.digest());
        }
    }

    private RunningRegistry startLater() {
        Clock later = Clock.fixed(Instant.now().plus(Duration.ofHours(2)), ZoneOffset.UTC);
        return RunningRegistry.start(folder, ServerOptions.loopback(PortChoice.ANY)
                .withClock(
                        later));
    }

    private static void delete(RunningRegistry registry, Digest digest) {
        assertThat(registry.call("DELETE", "/v2/a/blobs/" + digest).send().statusCode()).isEqualTo(
                202);
    }
}
