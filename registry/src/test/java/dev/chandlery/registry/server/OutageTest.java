package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.registry.s3.S3Server;
import dev.chandlery.registry.s3.S3Settings;
import dev.chandlery.registry.sql.PostgresServer;
import dev.chandlery.registry.sql.PostgresSettings;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While a service does not answer, clients are told to come again; after it, all is as it was. */
final class OutageTest {
    private static final Bytes BLOB = Bytes.ofUtf8("a blob");
    /** More than buffers on the way take. */
    private static final int BIG = 48 * 1024 * 1024;
    private static final String TARGET = "/v2/a/blobs/" + BLOB.digest();

    private Relay database;
    private Relay bucket;
    private RunningRegistry registry;

    @BeforeEach
    void start() {
        PostgresSettings postgres = PostgresServer.database();
        S3Settings s3 = S3Server.bucket();
        int port = Integer.parseInt(postgres.url().replaceFirst(".*//[^:/]+:(\\d+)/.*", "$1"));
        database = Relay.to(port);
        bucket = Relay.to(Objects.requireNonNull(s3.endpoint()).getPort());
        PostgresSettings relayed = new PostgresSettings(postgres.url()
                .replace(":" + port
                        + "/", ":" + database.port() + "/"), postgres.user(), "", 4);
        registry = RunningRegistry.start(new StorageSettings(new StorageSettings.Blobs.S3(s3
                .withEndpoint(URI.create("http://127.0.0.1:" + bucket.port()))),
                new StorageSettings.Metadata.Postgres(relayed)));
        registry.client().pushBlob("a", BLOB);
    }

    @AfterEach
    void stop() throws Exception {
        registry.close();
        database.close();
        bucket.close();
    }

    @Test
    void ofTheDatabase() {
        database.cut();
        assertUnavailable(registry.call("GET", TARGET).send());
        database.mend();
        assertThat(registry.call("GET", TARGET).send().body()).isEqualTo(BLOB.utf8());
    }

    @Test
    void ofTheBucket() {
        String session = registry.call("POST", "/v2/a/blobs/uploads/")
                .send()
                .headers()
                .firstValue("Location")
                .orElseThrow();
        bucket.cut();
        assertUnavailable(registry.call("GET", TARGET).send());
        assertUnavailable(registry.call("PATCH", session).body(BLOB).send());
        bucket.mend();
        assertThat(registry.call("GET", TARGET).send().body()).isEqualTo(BLOB.utf8());
        assertThat(registry.call("GET", session).send().headers().firstValue("Range")).contains(
                "0-0");
        assertThat(registry.call("PUT", session + "?digest=" + BLOB.digest())
                .body(BLOB)
                .send()
                .statusCode()).isEqualTo(201);
    }

    @Test
    void goesOnWithABlobWhoseConnectionToTheBucketBroke() throws Exception {
        byte[] content = new byte[BIG];
        new Random(1).nextBytes(content);
        registry.client().pushBlob("a", Bytes.of(content));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + registry.server()
                .address() + "/v2/a/blobs/" + Bytes.of(content).digest())).build();
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream body = client.send(request, BodyHandlers.ofInputStream()).body()) {
            byte[] read = new byte[BIG];
            int begin = body.readNBytes(read, 0, 1000);
            bucket.cut();
            bucket.mend();
            assertThat(body.readNBytes(read, begin, BIG - begin)).isEqualTo(BIG - begin);
            assertThat(Bytes.of(read)).isEqualTo(Bytes.of(content));
        }
    }

    /** As when it starts again: each kept connection is found to be dead, and none is tried after another. */
    @Test
    void writesAtOnceAfterTheBucketEndedAllConnections() {
        TaskScope.mapAll("read", Collections.nCopies(12, TARGET), target -> registry.call("GET",
                target).send().body());
        bucket.cut();
        bucket.mend();
        Bytes other = Bytes.ofUtf8("another blob");
        assertThat(registry.client().pushBlob("a", other)).isEqualTo(other.digest());
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("UNAVAILABLE").doesNotContain("postgres", "127.0.0.1");
    }
}
