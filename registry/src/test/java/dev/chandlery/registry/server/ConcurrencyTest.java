package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many clients at once. */
@ParameterizedClass
@EnumSource
final class ConcurrencyTest {
    @Parameter
    private StorageKind kind = StorageKind.FILES_AND_SQLITE;
    private static final int CLIENTS = 24;

    @TempDir
    private Path folder;
    private RunningRegistry registry;

    @BeforeEach
    void start() {
        registry = RunningRegistry.start(kind.make(folder));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void takesTheSameBlobFromAll() {
        Bytes blob = Bytes.of(new byte[1024 * 1024]);
        assertThat(all(_ -> registry.client().pushBlob("a", blob))).containsOnly(blob.digest());
        assertThat(registry.call("HEAD", "/v2/a/blobs/" + blob.digest())
                .send()
                .headers()
                .firstValueAsLong("Content-Length")).hasValue(blob.size());
        assertThat(registry.staged()).isEmpty();
    }

    @Test
    void pointsOneTagAtOneOfAllManifests() {
        Digest config = registry.client().pushBlob("a", Bytes.ofUtf8("{}"));
        List<Digest> pushed = all(i -> registry.client()
                .pushManifest("a", "v1", Manifests.IMAGE,
                        Manifests.image(config, 2, " ".repeat(i))));
        String tagged = registry.call("HEAD", "/v2/a/manifests/v1")
                .send()
                .headers()
                .firstValue("Docker-Content-Digest")
                .orElseThrow();
        assertThat(pushed).extracting(Digest::toString).contains(tagged);
        for (Digest digest : pushed) {
            assertThat(registry.call("HEAD", "/v2/a/manifests/" + digest).send().statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void letsOneOfAllMakeATagThatMustBeNew() {
        Digest config = registry.client().pushBlob("a", Bytes.ofUtf8("{}"));
        List<Integer> statuses = all(i -> registry.call("PUT", "/v2/a/manifests/new")
                .header("Content-Type", Manifests.IMAGE)
                .header("If-None-Match", "*")
                .body(Manifests.image(config, 2, " ".repeat(i)))
                .send()
                .statusCode());
        assertThat(statuses).containsOnly(201, 412).containsOnlyOnce(201);
    }

    private static <T> List<T> all(IntFunction<T> work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> tasks = IntStream.range(0, CLIENTS)
                    .<Callable<T>>mapToObj(i -> () -> work.apply(i))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
