package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Spec: distribution-spec v1.1.1, Pushing blobs. */
@ParameterizedClass
@EnumSource
final class UploadTest {
    @Parameter
    private StorageKind kind = StorageKind.FILES_AND_SQLITE;
    private static final Bytes BLOB = Bytes.ofUtf8("hello, world");
    private static final String UPLOADS = "/v2/a/b/blobs/uploads/";

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
    void takesAWholeBlobInTheClosingRequest() {
        String location = begin();
        assertCreated(registry.call("PUT", location + "?digest=" + BLOB.digest()).body(BLOB).send(),
                BLOB.digest());
    }

    @Test
    void takesAStreamThenTheDigest() {
        String location = begin();
        HttpResponse<String> patched = registry.call("PATCH", location).body(BLOB).send();
        assertThat(patched.statusCode()).isEqualTo(202);
        assertThat(patched.headers().firstValue("Range")).contains("0-11");
        assertThat(patched.headers().firstValue("Docker-Upload-UUID")).isPresent();
        assertCreated(finish(location, BLOB.digest()), BLOB.digest());
        assertThat(registry.call("GET", location).send().statusCode()).isEqualTo(404);
    }

    @Test
    void takesChunksInOrderOnly() {
        String location = begin();
        assertThat(chunk(location, "0-4", "hello").statusCode()).isEqualTo(202);
        HttpResponse<String> gap = chunk(location, "6-11", " world");
        assertThat(gap.statusCode()).isEqualTo(416);
        assertThat(gap.headers().firstValue("Range")).contains("0-4");
        HttpResponse<String> asked = registry.call("GET", location).send();
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Range")).contains("0-4");
        assertThat(asked.headers().firstValue("Location")).contains(location);
        assertThat(chunk(location, "5-11", ", world").statusCode()).isEqualTo(202);
        assertCreated(finish(location, BLOB.digest()), BLOB.digest());
    }

    @Test
    void takesTheLastChunkInTheClosingRequest() {
        String location = begin();
        chunk(location, "0-4", "hello");
        HttpResponse<String> done = registry.call("PUT", location + "?digest=" + BLOB.digest())
                .header("Content-Range", "5-11")
                .body(Bytes.ofUtf8(", world"))
                .send();
        assertCreated(done, BLOB.digest());
    }

    @Test
    void refusesAChunkWhoseRangeIsNotItsLength() {
        String location = begin();
        assertThat(chunk(location, "0-9", "hello").statusCode()).isEqualTo(400);
        assertThat(chunk(location, "nonsense", "hello").statusCode()).isEqualTo(400);
        assertThat(chunk(location, "4-0", "hello").statusCode()).isEqualTo(400);
        assertThat(registry.call("GET", location).send().headers().firstValue("Range")).contains(
                "0-0");
    }

    @Test
    void refusesBytesOfAnotherDigestAndForgetsThem() {
        Digest other = Bytes.ofUtf8("other").digest();
        String location = begin();
        registry.call("PATCH", location).body(BLOB).send();
        HttpResponse<String> done = finish(location, other);
        assertThat(done.statusCode()).isEqualTo(400);
        assertThat(done.body()).contains("DIGEST_INVALID", other.toString(), BLOB.digest()
                .toString());
        assertThat(registry.call("GET", location).send().statusCode()).isEqualTo(404);
        assertThat(status("HEAD", other)).isEqualTo(404);
        assertThat(status("HEAD", BLOB.digest())).isEqualTo(404);
        assertThat(registry.call("POST", UPLOADS + "?digest=" + other)
                .body(BLOB)
                .send()
                .statusCode()).isEqualTo(400);
        assertThat(registry.staged()).isEmpty();
    }

    @Test
    void refusesAMissingOrMalformedDigest() {
        String location = begin();
        assertThat(registry.call("PUT", location).send().body()).contains("DIGEST_INVALID");
        assertThat(registry.call("PUT", location + "?digest=sha256:00").send().statusCode())
                .isEqualTo(400);
        assertThat(registry.call("PUT", location + "?digest=md5:00").send().statusCode()).isEqualTo(
                400);
    }

    @Test
    void takesSha512WithAndWithoutAnnouncement() {
        Digest digest = BLOB.digest(Algorithm.SHA512);
        HttpResponse<String> begun = registry.call("POST", UPLOADS + "?digest-algorithm=sha512")
                .send();
        String announced = begun.headers().firstValue("Location").orElseThrow();
        assertCreated(registry.call("PUT", announced + "?digest=" + digest).body(BLOB).send(),
                digest);
        assertCreated(registry.call("PUT", begin() + "?digest=" + digest).body(BLOB).send(),
                digest);
    }

    @Test
    void takesTheEmptyBlob() {
        Bytes empty = Bytes.ofUtf8("");
        assertCreated(finish(begin(), empty.digest()), empty.digest());
    }

    @Test
    void cancelsASession() {
        String location = begin();
        registry.call("PATCH", location).body(BLOB).send();
        assertThat(registry.call("DELETE", location).send().statusCode()).isEqualTo(204);
        assertThat(registry.call("PATCH", location).body(BLOB).send().body()).contains(
                "BLOB_UPLOAD_UNKNOWN");
        assertThat(registry.staged()).isEmpty();
    }

    @Test
    void bindsASessionToItsRepository() {
        String elsewhere = begin().replace("/a/b/", "/c/");
        for (String method : new String[]{"GET", "PATCH", "PUT", "DELETE"}) {
            assertThat(registry.call(method, elsewhere + "?digest=" + BLOB.digest())
                    .send()
                    .statusCode()).isEqualTo(404);
        }
    }

    @Test
    void goesOnWhereABrokenConnectionEnded() throws IOException {
        String location = begin();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), registry.server()
                .address()
                .port())) {
            socket.getOutputStream()
                    .write(("PATCH " + location
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 12\r\n\r\nhello")
                            .getBytes(
                                    StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(registry.call("GET", location)
                        .send()
                        .headers()
                        .firstValue("Range")).contains("0-4"));
        chunk(location, "5-11", ", world");
        assertCreated(finish(location, BLOB.digest()), BLOB.digest());
    }

    @Test
    void goesOnAfterARestart() {
        String location = begin();
        chunk(location, "0-4", "hello");
        registry.close();
        registry = RunningRegistry.start(registry.storage());
        assertThat(registry.call("GET", location).send().headers().firstValue("Range")).contains(
                "0-4");
        chunk(location, "5-11", ", world");
        assertCreated(finish(location, BLOB.digest()), BLOB.digest());
    }

    private String begin() {
        HttpResponse<String> begun = registry.call("POST", UPLOADS).send();
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        return begun.headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<String> chunk(String location, String range, String content) {
        return registry.call("PATCH", location)
                .header("Content-Range", range)
                .header("Content-Type", "application/octet-stream")
                .body(Bytes.ofUtf8(content))
                .send();
    }

    private HttpResponse<String> finish(String location, Digest digest) {
        return registry.call("PUT", location + "?digest=" + digest).send();
    }

    private int status(String method, Digest digest) {
        return registry.call(method, "/v2/a/b/blobs/" + digest).send().statusCode();
    }

    private void assertCreated(HttpResponse<String> answer, Digest digest) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Docker-Content-Digest")).contains(digest
                .toString());
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(registry.call("HEAD", location).send().statusCode()).isEqualTo(200);
        assertThat(registry.staged()).isEmpty();
    }
}
