package dev.chandlery.registry.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.embedded.EmbeddedRegistry.Collected;
import dev.chandlery.oci.embedded.EmbeddedRegistry.Collecting;
import dev.chandlery.oci.embedded.RegistryHandle;
import dev.chandlery.registry.server.PlainClient;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalRegistriesTest {
    private static final Bytes BLOB = Bytes.ofUtf8("hello");

    @TempDir
    private Path folder;
    private final EmbeddedRegistry embedded = EmbeddedRegistry.load();

    @Test
    void startsARegistryInAFolderThatDoesNotExist() throws IOException {
        try (RegistryHandle handle = embedded.open(folder.resolve("new/registry"));
                PlainClient client = PlainClient.of(handle.registry())) {
            assertThat(handle.alreadyRunning()).isFalse();
            assertThat(handle.registry().isLoopback()).isTrue();
            assertThat(client.call("GET", "/v2/").send().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void sharesOneServerBetweenHandlesOfOneProcess() {
        RegistryHandle first = embedded.open(folder);
        Registry address = first.registry();
        try (RegistryHandle second = EmbeddedRegistry.load().open(folder);
                PlainClient client = PlainClient.of(address)) {
            assertThat(second.registry()).isEqualTo(address);
            assertThat(second.alreadyRunning()).isTrue();
            first.close();
            first.close();
            assertThat(client.call("GET", "/v2/").send().statusCode()).isEqualTo(200);
        }
        try (PlainClient client = PlainClient.of(address)) {
            assertThatThrownBy(() -> client.call("GET", "/v2/").send())
                    .hasCauseInstanceOf(ConnectException.class);
        }
    }

    @Test
    void keepsContentAndPortFromOneOpeningToTheNext() {
        Registry address;
        try (RegistryHandle handle = embedded.open(folder);
                PlainClient client = PlainClient.of(handle.registry())) {
            address = handle.registry();
            client.pushBlob("a", BLOB);
        }
        try (RegistryHandle handle = embedded.open(folder);
                PlainClient client = PlainClient.of(handle.registry())) {
            assertThat(handle.registry()).isEqualTo(address);
            assertThat(client.call("GET", "/v2/a/blobs/" + BLOB.digest()).send().body()).isEqualTo(
                    "hello");
        }
    }

    @Test
    void looksWithoutChangingAnything() throws IOException {
        try (RegistryHandle handle = embedded.open(folder);
                PlainClient client = PlainClient.of(handle.registry())) {
            client.pushBlob("a", BLOB);
        }
        SortedMap<String, FileTime> before = state();
        try (RegistryHandle handle = embedded.openReadOnly(folder);
                PlainClient client = PlainClient.of(handle.registry())) {
            assertThat(client.call("GET", "/v2/a/blobs/" + BLOB.digest()).send().body()).isEqualTo(
                    "hello");
            assertThat(client.call("POST", "/v2/a/blobs/uploads/").send().statusCode()).isEqualTo(
                    405);
            assertThat(state()).isEqualTo(before);
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void looksAtAFolderThatDoesNotExistAsEmpty() {
        Path absent = folder.resolve("absent");
        try (RegistryHandle handle = embedded.openReadOnly(absent);
                PlainClient client = PlainClient.of(handle.registry())) {
            assertThat(client.call("GET", "/v2/_catalog").send().body()).isEqualTo(
                    "{\"repositories\":[]}");
        }
        assertThat(absent).doesNotExist();
    }

    @Test
    void looksAtTheRegistryThatRuns() {
        try (RegistryHandle handle = embedded.open(folder);
                RegistryHandle looking = embedded.openReadOnly(folder)) {
            assertThat(looking.registry()).isEqualTo(handle.registry());
            assertThat(looking.alreadyRunning()).isTrue();
        }
    }

    /** A simulation's time may be long ago: nothing of it is judged by the machine's own. */
    @Test
    void agesAreThoseOfTheClockThatIsGiven() {
        Instant start = Instant.parse("2001-01-01T00:00:00Z");
        try (RegistryHandle handle = embedded.withClock(() -> start).open(folder);
                PlainClient client = PlainClient.of(handle.registry())) {
            client.pushBlob("a", BLOB);
        }
        Collecting daily = new Collecting(Duration.ofDays(1), Optional.empty(), List.of());
        Instant hoursLater = start.plus(Duration.ofHours(23));
        assertThat(embedded.withClock(() -> hoursLater).collect(folder, daily).things()).isZero();
        Instant daysLater = start.plus(Duration.ofDays(2));
        Collected collected = embedded.withClock(() -> daysLater).collect(folder, daily);
        assertThat(collected.things()).as("the membership and the content").isEqualTo(2);
        assertThat(collected.bytes()).isEqualTo(BLOB.size());
    }

    @Test
    void saysThatTheStorageIsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> embedded.open(file)).isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString());
    }

    private SortedMap<String, FileTime> state() throws IOException {
        SortedMap<String, FileTime> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                state.put(folder.relativize(file).toString(), Files.getLastModifiedTime(file));
            }
        }
        return state;
    }
}
