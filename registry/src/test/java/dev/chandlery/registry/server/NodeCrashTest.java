package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.s3.S3Server;
import dev.chandlery.registry.s3.S3Settings;
import dev.chandlery.registry.sql.PostgresServer;
import dev.chandlery.registry.sql.PostgresSettings;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Of two processes over one PostgreSQL and one bucket, one is killed. */
final class NodeCrashTest {
    private static final int PART = 9 * 1024 * 1024;
    private static final int SIZE = 4 * PART;
    private static final long SEED = 11;
    private static final Duration LEASE_AND_MORE = Duration.ofMinutes(2);

    @Test
    void losesNothingThatWasAcknowledgedByANodeThatIsKilledInAnUpload() {
        S3Settings bucket = S3Server.bucket().withPrefix("");
        PostgresSettings database = PostgresServer.database();
        String[] arguments = NodeProgram.arguments(bucket, database);
        byte[] content = new byte[SIZE];
        new Random(SEED).nextBytes(content);
        Bytes blob = Bytes.of(content);
        try (ChildRegistry victim = ChildRegistry.start(NodeProgram.class, arguments);
                ChildRegistry survivor = ChildRegistry.start(NodeProgram.class, arguments);
                PlainClient first = PlainClient.of(victim.registry());
                PlainClient second = PlainClient.of(survivor.registry())) {
            List<Digest> acknowledged = pushSome(first, second);
            String location = first.call("POST", "/v2/a/blobs/uploads/")
                    .send()
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(patch(first, location, Bytes.of(Arrays.copyOf(content, PART))).statusCode())
                    .isEqualTo(202);
            killIn(victim, first, location, content);
            int here = awaitOffset(second, location);
            assertThat(here).isBetween(PART, SIZE);
            byte[] rest = Arrays.copyOfRange(content, here, SIZE);
            HttpResponse<String> done = second.call("PUT", location + "?digest=" + blob.digest())
                    .header("Content-Range", here + "-" + (SIZE - 1))
                    .body(Bytes.of(rest))
                    .send();
            assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
            assertThat(second.call("HEAD", "/v2/a/blobs/" + blob.digest())
                    .send()
                    .headers()
                    .firstValueAsLong("Content-Length")).hasValue(SIZE);
            for (Digest digest : acknowledged) {
                assertThat(second.call("GET", "/v2/a/manifests/" + digest).send().statusCode())
                        .isEqualTo(200);
            }
        }
    }

    private static List<Digest> pushSome(PlainClient first, PlainClient second) {
        List<Digest> pushed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Bytes config = Bytes.ofUtf8("config " + i);
            first.pushBlob("a", config);
            pushed.add((i % 2 == 0 ? first : second).pushManifest("a", "v" + i, Manifests.IMAGE,
                    Manifests.image(config.digest(), config.size(), "")));
        }
        return pushed;
    }

    /** Sends the rest of the content, and kills the node when most of that was sent. */
    private static void killIn(ChildRegistry victim, PlainClient client, String location,
            byte[] content) {
        ByteArrayInputStream rest = new ByteArrayInputStream(content, PART, SIZE - PART) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                if (available() < PART) {
                    victim.kill();
                }
                return super.read(buffer, offset, length);
            }
        };
        try {
            client.call("PATCH", location).body(BodyPublishers.ofInputStream(() -> rest)).send();
        } catch (UncheckedIOException _) {
            return; // the connection ended with the node
        }
        throw new AssertionError("expected the node to end");
    }

    /** The killed node's lease must end first. */
    private static int awaitOffset(PlainClient client, String location) {
        HttpResponse<String> asked = Awaitility.await()
                .atMost(LEASE_AND_MORE)
                .until(() -> client.call("GET", location).send(), a -> a.statusCode() != 409);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(204);
        return Integer.parseInt(asked.headers().firstValue("Range").orElseThrow().substring(2)) + 1;
    }

    private static HttpResponse<String> patch(PlainClient client, String location, Bytes part) {
        return client.call("PATCH", location).body(part).send();
    }
}
