package dev.chandlery.registry.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.embedded.EmbeddedRegistry;
import dev.chandlery.oci.embedded.RegistryHandle;
import dev.chandlery.registry.server.ChildRegistry;
import dev.chandlery.registry.server.PlainClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One folder, several processes. */
final class TakeoverTest {
    private static final Bytes BLOB = Bytes.ofUtf8("hello");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;
    private final EmbeddedRegistry embedded = EmbeddedRegistry.load();

    @Test
    void usesTheRegistryThatRunsInAnotherProcess() {
        try (ChildRegistry child = ChildRegistry.serve(folder);
                RegistryHandle handle = embedded.open(folder);
                RegistryHandle looking = embedded.openReadOnly(folder)) {
            assertThat(handle.registry()).isEqualTo(child.registry());
            assertThat(handle.alreadyRunning()).isTrue();
            assertThat(looking.registry()).isEqualTo(child.registry());
        }
    }

    @Test
    void takesOverAtTheSamePortWhenTheOwnerIsKilled() {
        try (ChildRegistry child = ChildRegistry.serve(folder);
                RegistryHandle handle = embedded.open(folder);
                PlainClient client = PlainClient.of(handle.registry())) {
            client.pushBlob("a", BLOB);
            Registry before = handle.registry();
            child.kill();
            Awaitility.await().atMost(PATIENCE).until(() -> answers(client));
            assertThat(handle.registry()).isEqualTo(before);
            assertThat(client.call("GET", "/v2/a/blobs/" + BLOB.digest()).send().body()).isEqualTo(
                    "hello");
        }
    }

    @Test
    void handsOverWhenItIsClosedInOrder() {
        RegistryHandle mine = embedded.open(folder);
        try (ChildRegistry other = ChildRegistry.start(Opener.class, folder.toString());
                PlainClient client = PlainClient.of(other.registry())) {
            client.pushBlob("a", BLOB);
            mine.close();
            Awaitility.await().atMost(PATIENCE).until(() -> answers(client));
            try (RegistryHandle again = embedded.open(folder)) {
                assertThat(again.alreadyRunning()).isTrue();
                assertThat(again.registry()).isEqualTo(other.registry());
            }
        } finally {
            mine.close();
        }
    }

    @Test
    void goesFromProcessToProcessWhileEachIsKilled() {
        List<ChildRegistry> processes = new ArrayList<>();
        try (RegistryHandle last = ownedByChild(processes);
                PlainClient client = PlainClient.of(last.registry())) {
            processes.add(ChildRegistry.start(Opener.class, folder.toString()));
            processes.add(ChildRegistry.start(Opener.class, folder.toString()));
            assertThat(processes).extracting(ChildRegistry::registry).containsOnly(last.registry());
            for (ChildRegistry process : processes) {
                Bytes blob = Bytes.ofUtf8("before the end of " + processes.indexOf(process));
                client.pushBlob("a", blob);
                process.kill();
                Awaitility.await().atMost(PATIENCE).until(() -> answers(client));
                assertThat(client.call("HEAD", "/v2/a/blobs/" + blob.digest()).send().statusCode())
                        .isEqualTo(200);
            }
        } finally {
            processes.forEach(ChildRegistry::close);
        }
    }

    private RegistryHandle ownedByChild(List<ChildRegistry> processes) {
        processes.add(ChildRegistry.start(Opener.class, folder.toString()));
        return embedded.open(folder);
    }

    private static boolean answers(PlainClient client) {
        try {
            return client.call("GET", "/v2/").send().statusCode() == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }
}
