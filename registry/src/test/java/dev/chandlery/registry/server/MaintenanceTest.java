package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.blob.FileBlobStorage;
import dev.chandlery.registry.http.PortChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
        Instant before = Instant.now().plusSeconds(1);
        place(storage, KEPT);
        storage.remove(KEPT.digest(), Instant.now().minusSeconds(60));
        assertThat(storage.find(KEPT.digest())).as("placed since then").isPresent();
        storage.remove(KEPT.digest(), before);
        assertThat(storage.find(KEPT.digest())).isEmpty();
        storage.remove(KEPT.digest(), before);
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
