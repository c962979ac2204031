package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept in memory is never older than the last answer to a write. */
final class FreshnessTest {
    private static final int ROUNDS = 200;

    @TempDir
    private Path folder;
    private RunningRegistry registry;

    @BeforeEach
    void start() {
        registry = RunningRegistry.start(folder);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aDeletedTagOrManifestIsGoneAtOnce() {
        Digest digest = push(0);
        for (int i = 0; i < 3; i++) {
            assertThat(registry.call("GET", "/v2/a/manifests/v1").send().statusCode()).isEqualTo(
                    200);
            assertThat(registry.call("GET", "/v2/a/manifests/" + digest).send().statusCode())
                    .isEqualTo(200);
        }
        assertThat(registry.call("DELETE", "/v2/a/manifests/v1").send().statusCode()).isEqualTo(
                202);
        assertThat(registry.call("GET", "/v2/a/manifests/v1").send().statusCode()).isEqualTo(404);
        assertThat(registry.call("GET", "/v2/a/manifests/" + digest).send().statusCode())
                .isEqualTo(200);
        registry.call("DELETE", "/v2/a/manifests/" + digest).send();
        assertThat(registry.call("GET", "/v2/a/manifests/" + digest).send().statusCode())
                .isEqualTo(404);
        assertThat(registry.call("HEAD", "/v2/a/manifests/" + digest).send().statusCode())
                .isEqualTo(404);
    }

    @Test
    void neverAnswersWithLessThanWhatWasAcknowledged() throws Exception {
        push(0);
        AtomicInteger acknowledged = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writer = threads.submit(() -> {
                for (int i = 1; i <= ROUNDS; i++) {
                    push(i);
                    acknowledged.set(i);
                }
            });
            Future<?> reader = threads.submit(() -> {
                while (acknowledged.get() < ROUNDS && !writer.isDone()) {
                    int before = acknowledged.get();
                    String body = registry.call("GET", "/v2/a/manifests/v1").send().body();
                    assertThat(body.substring(body.lastIndexOf('}') + 1).length())
                            .isGreaterThanOrEqualTo(before);
                }
            });
            writer.get();
            reader.get();
        }
    }

    /** The number of spaces at its end tells which one it is. */
    private Digest push(int number) {
        Bytes config = Bytes.ofUtf8("{}");
        registry.client().pushBlob("a", config);
        return registry.client()
                .pushManifest("a", "v1", Manifests.IMAGE, Manifests.image(config
                        .digest(), config.size(), " ".repeat(number)));
    }
}
