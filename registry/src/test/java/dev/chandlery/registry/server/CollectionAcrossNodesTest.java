package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.collect.CollectionRequest;
import dev.chandlery.registry.collect.GarbageCollector;
import dev.chandlery.registry.collect.Progress;
import dev.chandlery.registry.upload.UploadLimits;
import dev.chandlery.registry.upload.UploadSessions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections without any grace time, over and over, while two nodes take pushes of the same content. */
final class CollectionAcrossNodesTest {
    private static final int IMAGES = 25;
    private static final int MAX_TRIES = 200;

    @TempDir
    private Path folder;

    @Test
    void neverTakesWhatAnAcceptedManifestNames() throws Exception {
        StorageSettings storage = StorageKind.S3_AND_POSTGRES.make(folder);
        AtomicBoolean ended = new AtomicBoolean();
        try (RunningRegistry one = RunningRegistry.start(storage);
                RunningRegistry other = RunningRegistry.start(storage);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> collecting = threads.submit(() -> collectUntil(storage, ended));
            List<Future<List<Digest>>> pushing = List.of(threads.submit(() -> pushAll(one, "a")),
                    threads.submit(() -> pushAll(other, "a")), threads.submit(() -> pushAll(other,
                            "b")));
            List<Digest> inA = new ArrayList<>(pushing.get(0).get());
            inA.addAll(pushing.get(1).get());
            List<Digest> inB = pushing.get(2).get();
            ended.set(true);
            collecting.get();
            inA.forEach(image -> assertPullable(one, "a", image));
            inB.forEach(image -> assertPullable(one, "b", image));
        }
    }

    private static void collectUntil(StorageSettings storage, AtomicBoolean ended) {
        Clock clock = Clock.systemUTC();
        CollectionRequest everything = new CollectionRequest(Duration.ZERO, null, new TreeSet<>(),
                false);
        try (RegistryStorage open = RegistryStorage.open(storage)) {
            UploadSessions sessions = new UploadSessions(open.metadata().sessions(), open.blobs(),
                    UploadLimits.DEFAULTS, clock);
            while (!ended.get()) {
                new GarbageCollector(open.metadata(), open.blobs(), sessions, clock).collect(
                        everything, Progress.SILENT);
            }
        }
    }

    private static List<Digest> pushAll(RunningRegistry node, String repository) {
        List<Digest> pushed = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            pushed.add(push(node, repository, Bytes.ofUtf8("config " + i)));
        }
        return pushed;
    }

    /** As clients do: what is told to be missing is sent again. */
    private static Digest push(RunningRegistry node, String repository, Bytes config) {
        Bytes manifest = Manifests.image(config.digest(), config.size(), "");
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            node.client().pushBlob(repository, config);
            int status = node.call("PUT", "/v2/" + repository + "/manifests/" + manifest.digest())
                    .header("Content-Type", Manifests.IMAGE)
                    .body(manifest)
                    .send()
                    .statusCode();
            if (status == 201) {
                return manifest.digest();
            }
            assertThat(status).as("what is missing is told").isEqualTo(404);
        }
        throw new AssertionError("expected a push to come through");
    }

    private static void assertPullable(RunningRegistry node, String repository, Digest image) {
        String manifest = node.call("GET", "/v2/" + repository + "/manifests/" + image)
                .send()
                .body();
        assertThat(Bytes.ofUtf8(manifest).digest()).isEqualTo(image);
        String config = manifest.replaceFirst("(?s).*\"(sha256:[0-9a-f]+)\".*", "$1");
        String blob = node.call("GET", "/v2/" + repository + "/blobs/" + config).send().body();
        assertThat(Bytes.ofUtf8(blob).digest().toString()).isEqualTo(config);
    }
}
