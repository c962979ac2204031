package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.StorageException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two registries that share a PostgreSQL and a bucket and nothing else answer as one. */
final class TwoNodesTest {
    private static final String UPLOADS = "/v2/a/blobs/uploads/";
    private static final int PART = 9 * 1024 * 1024;
    private static final long SEED = 7;

    @TempDir
    private Path folder;
    private RunningRegistry one;
    private RunningRegistry other;

    @BeforeEach
    void start() {
        StorageSettings storage = StorageKind.S3_AND_POSTGRES.make(folder);
        one = RunningRegistry.start(storage);
        other = RunningRegistry.start(storage);
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    @Test
    void seeAtOnceWhatTheOtherDid() {
        Bytes config = Bytes.ofUtf8("{}");
        one.client().pushBlob("a", config);
        assertThat(status(other, "HEAD", "/v2/a/blobs/" + config.digest())).isEqualTo(200);
        Digest first = other.client()
                .pushManifest("a", "v1", Manifests.IMAGE, Manifests.image(config.digest(), 2, ""));
        assertThat(tag(one, "v1")).isEqualTo(first.toString());
        Digest second = one.client()
                .pushManifest("a", "v1", Manifests.IMAGE, Manifests.image(config.digest(), 2, " "));
        assertThat(tag(other, "v1")).isEqualTo(second.toString());
        assertThat(other.call("GET", "/v2/a/tags/list").send().body()).contains("\"v1\"");
        assertThat(status(other, "DELETE", "/v2/a/manifests/" + second)).isEqualTo(202);
        assertThat(status(one, "GET", "/v2/a/manifests/v1")).isEqualTo(404);
        assertThat(status(one, "GET", "/v2/a/manifests/" + second)).isEqualTo(404);
        assertThat(status(one, "DELETE", "/v2/a/blobs/" + config.digest())).isEqualTo(202);
        assertThat(status(other, "GET", "/v2/a/blobs/" + config.digest())).isEqualTo(404);
    }

    @Test
    void goOnWithEachOthersUploads() {
        byte[] content = new byte[3 * PART + 5];
        new Random(SEED).nextBytes(content);
        Bytes blob = Bytes.of(content);
        String location = begin(one);
        List<RunningRegistry> turns = List.of(one, other, one, other);
        for (int at = 0, turn = 0; at < content.length; at += PART, turn++) {
            Bytes part = Bytes.of(Arrays.copyOfRange(content, at, Math.min(at + PART,
                    content.length)));
            assertThat(patch(turns.get(turn), location, at, part).statusCode()).isEqualTo(202);
            assertThat(turns.get(3 - turn)
                    .call("GET", location)
                    .send()
                    .headers()
                    .firstValue("Range")).contains("0-" + (at + part.size() - 1));
        }
        HttpResponse<String> done = one.call("PUT", location + "?digest=" + blob.digest()).send();
        assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
        assertThat(status(other, "GET", location)).isEqualTo(404);
        assertThat(other.call("HEAD", "/v2/a/blobs/" + blob.digest())
                .send()
                .headers()
                .firstValueAsLong("Content-Length")).hasValue(content.length);
        assertThat(one.staged()).isEmpty();
    }

    @Test
    void refuseWhatHasAnotherDigestThanItsPartsHave() {
        String location = begin(one);
        assertThat(patch(one, location, 0, Bytes.ofUtf8("he")).statusCode()).isEqualTo(202);
        assertThat(patch(other, location, 2, Bytes.ofUtf8("llo")).statusCode()).isEqualTo(202);
        String wrong = "?digest=" + Bytes.ofUtf8("help!").digest();
        assertThat(status(one, "PUT", location + wrong)).isEqualTo(400);
        assertThat(status(other, "GET", location)).isEqualTo(404);
        assertThat(one.stored()).isEmpty();
        assertThat(one.staged()).isEmpty();
    }

    @Test
    void takeOneOfTwoPartsThatComeForTheSamePlace() throws Exception {
        for (int round = 0; round < 5; round++) {
            String location = begin(one);
            List<Bytes> parts = List.of(Bytes.ofUtf8("aaaa"), Bytes.ofUtf8("bbbb"));
            List<Integer> statuses;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Integer> mine = threads.submit(() -> patch(one, location, 0, parts.get(0))
                        .statusCode());
                Future<Integer> theirs = threads.submit(() -> patch(other, location, 0, parts.get(
                        1)).statusCode());
                statuses = List.of(mine.get(), theirs.get());
            }
            assertThat(statuses).containsOnlyOnce(202).containsAnyOf(409, 416);
            Bytes winner = parts.get(statuses.indexOf(202));
            assertThat(status(other, "PUT", location + "?digest=" + winner.digest())).isEqualTo(
                    201);
        }
    }

    @Test
    void startTogetherOnAnEmptyDatabase() throws Exception {
        StorageSettings storage = StorageKind.S3_AND_POSTGRES.make(folder);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<RunningRegistry> first = threads.submit(() -> RunningRegistry.start(storage));
            Future<RunningRegistry> second = threads.submit(() -> RunningRegistry.start(storage));
            try (RunningRegistry mine = first.get(); RunningRegistry theirs = second.get()) {
                Digest blob = mine.client().pushBlob("a", Bytes.ofUtf8("a blob"));
                assertThat(status(theirs, "HEAD", "/v2/a/blobs/" + blob)).isEqualTo(200);
            }
        }
    }

    @Test
    void mountAndConditionalTagsHoldAcrossNodes() {
        Bytes config = Bytes.ofUtf8("{}");
        one.client().pushBlob("a", config);
        assertThat(status(other, "POST", "/v2/b/blobs/uploads/?from=a&mount=" + config.digest()))
                .isEqualTo(201);
        assertThat(status(one, "HEAD", "/v2/b/blobs/" + config.digest())).isEqualTo(200);
        assertThat(putNew(one, Manifests.image(config.digest(), 2, ""))).isEqualTo(201);
        assertThat(putNew(other, Manifests.image(config.digest(), 2, " "))).isEqualTo(412);
    }

    @Test
    void aFolderIsForOneAtATime() {
        StorageSettings shared = one.storage()
                .withBlobs(new StorageSettings.Blobs.Files(folder.resolve("files")));
        assertThatThrownBy(() -> RunningRegistry.start(shared)).isInstanceOf(
                StorageException.class)
                .hasMessageContaining("expected the content that the"
                        + " database describes (s3://");
        StorageSettings files = StorageKind.FILES_AND_POSTGRES.make(folder.resolve("shared"));
        RunningRegistry first = RunningRegistry.start(files);
        try (first) {
            assertThatThrownBy(() -> RunningRegistry.start(files)).isInstanceOf(
                    StorageException.class).hasMessageContaining("another process serves it");
        }
        StorageSettings elsewhere = files.withBlobs(new StorageSettings.Blobs.Files(folder.resolve(
                "elsewhere")));
        assertThatThrownBy(() -> RunningRegistry.start(elsewhere)).isInstanceOf(
                StorageException.class).hasMessageContaining("the database describes");
        RunningRegistry.start(files).close();
    }

    private static String begin(RunningRegistry node) {
        return node.call("POST", UPLOADS).send().headers().firstValue("Location").orElseThrow();
    }

    private static HttpResponse<String> patch(RunningRegistry node, String location, int at,
            Bytes part) {
        return node.call("PATCH", location)
                .header("Content-Range", at + "-" + (at + part.size() - 1))
                .body(part)
                .send();
    }

    private static int putNew(RunningRegistry node, Bytes manifest) {
        return node.call("PUT", "/v2/b/manifests/new")
                .header("Content-Type", Manifests.IMAGE)
                .header("If-None-Match", "*")
                .body(manifest)
                .send()
                .statusCode();
    }

    private static int status(RunningRegistry node, String method, String target) {
        return node.call(method, target).send().statusCode();
    }

    private static String tag(RunningRegistry node, String tag) {
        return node.call("HEAD", "/v2/a/manifests/" + tag)
                .send()
                .headers()
                .firstValue("Docker-Content-Digest")
                .orElse("");
    }
}
