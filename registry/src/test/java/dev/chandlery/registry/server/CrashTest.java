package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed at any point, a registry is consistent when it starts again, and clients converge. */
final class CrashTest {
    private static final long SEED = 25;
    private static final int BLOB_BYTES = 8 * 1024 * 1024;

    @TempDir
    private Path folder;

    @Test
    void goesOnWithAnUploadInWhichItWasKilled() throws IOException {
        byte[] content = new byte[BLOB_BYTES];
        new Random(SEED).nextBytes(content);
        Bytes blob = Bytes.of(content);
        String location;
        try (ChildRegistry child = ChildRegistry.serve(folder);
                PlainClient client = PlainClient.of(child.registry())) {
            location = location(client.call("POST", "/v2/a/blobs/uploads/").send());
            killWithin(client.call("PATCH", location), content, child);
        }
        try (RunningRegistry registry = RunningRegistry.start(folder)) {
            assertThat(registry.call("HEAD", "/v2/a/blobs/" + blob.digest()).send().statusCode())
                    .isEqualTo(404);
            HttpResponse<String> asked = registry.call("GET", location).send();
            String range = asked.headers().firstValue("Range").orElseThrow();
            int here = Integer.parseInt(range.substring(2)) + 1;
            assertThat(here).isBetween(1, BLOB_BYTES);
            byte[] rest = java.util.Arrays.copyOfRange(content, here, content.length);
            HttpResponse<String> done = registry.call("PUT", location + "?digest=" + blob.digest())
                    .header("Content-Range", here + "-" + (content.length - 1))
                    .body(Bytes.of(rest))
                    .send();
            assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
        }
        assertEveryBlobIsWhatItsNameSays();
    }

    @Test
    void dropsWhatItReceivedOfAWholeBlobWhenItWasKilled() {
        byte[] content = new byte[BLOB_BYTES];
        Digest digest = Bytes.of(content).digest();
        try (ChildRegistry child = ChildRegistry.serve(folder);
                PlainClient client = PlainClient.of(child.registry())) {
            killWithin(client.call("POST", "/v2/a/blobs/uploads/?digest=" + digest), content,
                    child);
        }
        assertThat(folder.resolve("uploads")).isNotEmptyDirectory();
        try (RunningRegistry registry = RunningRegistry.start(folder)) {
            assertThat(folder.resolve("uploads")).isEmptyDirectory();
            assertThat(registry.client().pushBlob("a", Bytes.of(content))).isEqualTo(digest);
        }
    }

    /** Sends that content until the registry has some of it and is killed. */
    private void killWithin(PlainClient.Call call, byte[] content, ChildRegistry child) {
        InputStream dying = new KillingStream(content, child);
        try {
            call.body(BodyPublishers.ofInputStream(() -> dying)).send();
        } catch (UncheckedIOException _) {
            return; // The connection ended with the registry.
        }
    }

    @Test
    void leavesNoTemporaryFilesWhenItIsKilled() throws IOException {
        try (ChildRegistry child = ChildRegistry.serve(folder);
                PlainClient client = PlainClient.of(child.registry())) {
            client.pushBlob("a", Bytes.ofUtf8("x"));
            child.kill();
            try (Stream<Path> left = Files.list(child.scratch())) {
                assertThat(left.map(file -> file.getFileName().toString())
                        .filter(name -> !name.startsWith("hsperfdata"))).isEmpty();
            }
        }
    }

    @Test
    void isConsistentWhereverItIsKilled() throws IOException {
        Random random = new Random(SEED);
        AtomicInteger pushed = new AtomicInteger();
        for (int round = 0; round < 3; round++) {
            try (ChildRegistry child = ChildRegistry.serve(folder);
                    PlainClient client = PlainClient.of(child.registry())) {
                CountDownLatch some = new CountDownLatch(10 + random.nextInt(30));
                Thread pusher = Thread.ofVirtual()
                        .start(() -> pushUntilItBreaks(client, pushed,
                                some));
                some.await();
                child.kill();
                pusher.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertEveryBlobIsWhatItsNameSays();
        }
        try (RunningRegistry registry = RunningRegistry.start(folder)) {
            assertThat(folder.resolve("uploads")).isEmptyDirectory();
            for (int i = 0; i < pushed.get(); i++) {
                assertThat(registry.call("GET", "/v2/a/manifests/v" + i).send().statusCode()).as(
                        "tag v" + i + " was answered 201").isEqualTo(200);
            }
        }
    }

    /** Counts only what was answered as done. */
    private static void pushUntilItBreaks(PlainClient client, AtomicInteger pushed,
            CountDownLatch some) {
        try {
            while (true) {
                Bytes config = Bytes.ofUtf8("config " + pushed.get());
                client.pushBlob("a", config);
                client.pushManifest("a", "v" + pushed.get(), Manifests.IMAGE, Manifests.image(config
                        .digest(), config.size(), ""));
                pushed.incrementAndGet();
                some.countDown();
            }
        } catch (UncheckedIOException _) {
            return; // killed
        }
    }

    private void assertEveryBlobIsWhatItsNameSays() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder.resolve("blobs"))) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            assertThat(Digest.ofFile(Algorithm.SHA256, file).encoded()).isEqualTo(file.getFileName()
                    .toString());
        }
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private boolean hasReceivedSome() {
        try (Stream<Path> uploads = Files.list(folder.resolve("uploads"))) {
            return uploads.anyMatch(file -> file.toFile().length() > 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives half of the content, then kills the registry when it has some of that. */
    private final class KillingStream extends ByteArrayInputStream {
        private final ChildRegistry victim;

        KillingStream(byte[] content, ChildRegistry victim) {
            super(content);
            this.victim = victim;
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            if (pos > BLOB_BYTES / 2) {
                Awaitility.await().until(CrashTest.this::hasReceivedSome);
                victim.kill();
            }
            return super.read(buffer, offset, length);
        }
    }
}
