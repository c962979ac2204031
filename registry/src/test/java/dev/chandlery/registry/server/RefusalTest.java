package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no good client sends. */
final class RefusalTest {
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

    @ParameterizedTest
    @CsvSource({"/, 404", "/v1/x, 404", "/v2/a, 404", "/v2/A/tags/list, 400",
            "/v2/a%2Fb/tags/list, 400", "/v2/a/../b/tags/list, 400", "/v2/%2e%2e/x/tags/list, 400",
            "/v2/a//tags/list, 400", "/v2/a/manifests/%zz, 400", "/v2/a/manifests/x%00, 400",
            "/v2/a/manifests/x%5Cy, 400", "/v2/a;b=c/tags/list, 400", "/v2/a/tags/list?n=%zz, 400"})
    void answersInTheErrorFormat(String target, int status) throws IOException {
        String answer = raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer).contains("{\"errors\":[{\"code\":\"").doesNotContain("<html", "\tat ");
    }

    @ParameterizedTest
    @CsvSource({"POST, /v2/", "DELETE, /v2/_catalog", "PUT, /v2/a/tags/list",
            "PATCH, /v2/a/manifests/v1", "GET, /v2/a/blobs/uploads/"})
    void refusesMethodsThatAnEndpointDoesNotHave(String method, String target) {
        HttpResponse<String> answer = registry.call(method, target).send();
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body()).contains("UNSUPPORTED");
        assertThat(answer.headers().firstValue("Allow")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example", "Host: localhost\r\nOrigin: https://evil.example",
            "Host: 127.0.0.1.evil.example:80"})
    void refusesPagesThatABrowserWasLuredTo(String headers) throws IOException {
        String answer = raw("GET /v2/ HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 403 ").contains("DENIED");
    }

    @Test
    void refusesPushesToNamesOfPackageProtocols() {
        Bytes blob = Bytes.ofUtf8("x");
        HttpResponse<String> refused = registry.call("POST", "/v2/packages/npm/blobs/uploads/"
                + "?digest=" + blob.digest()).body(blob).send();
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("DENIED", "reserved");
        registry.client().pushBlob("packages2", blob);
    }

    @Test
    void refusesAHeaderThatIsTooLarge() throws IOException {
        String answer = raw("GET /v2/ HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(40_000)
                + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void refusesTwoLengths() throws IOException {
        String answer = raw("POST /v2/a/blobs/uploads/ HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Length: 0\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
        assertThat(answer).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void refusesChunksOfHttp10() throws IOException {
        String answer = raw(String.join("\r\n", "POST /v2/a/blobs/uploads/ HTTP/1.0",
                "Host: localhost", "Connection: keep-alive", "Transfer-Encoding: chunked", "", "0",
                "", ""));
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("{\"errors\":[{\"code\":\"");
        assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "identity, chunked", "identity", ",chunked",
            "chunked,",
            "chunked, chunked", "identity\r\nTransfer-Encoding: chunked", "xchunked"})
    void refusesOtherTransferCodings(String codings) throws IOException {
        String answer = raw(String.join("\r\n", "POST /v2/a/blobs/uploads/?digest=" + Bytes.ofUtf8(
                "x").digest() + " HTTP/1.1", "Host: localhost", "Transfer-Encoding: " + codings, "",
                "1", "x", "0", "", ""));
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("{\"errors\":[{\"code\":\"");
        assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
        assertThat(registry.stored()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1\r\n\r\n", "0x1\r\nx\r\n0\r\n\r\n", "1\nx\r\n0\r\n\r\n",
            "1\r\nxy0\r\n\r\n", "FFFFFFFFFFFFFFFFF\r\nx", "0\r\nX Y: z\r\n\r\n"})
    void refusesMalformedChunksAndBeginsNothing(String body) throws IOException {
        for (String target : new String[]{"POST /v2/a/blobs/uploads/", "POST /v2/a/blobs/uploads/"
                + "?digest=" + Bytes.ofUtf8("x").digest(), "PUT /v2/a/manifests/v1"}) {
            String answer = raw(String.join("\r\n", target + " HTTP/1.1", "Host: localhost",
                    "Content-Type: application/vnd.oci.image.manifest.v1+json",
                    "Transfer-Encoding: chunked", "", body));
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("{\"errors\":[{\"code\":\"");
            assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
        }
        assertThat(registry.staged()).isEmpty();
        assertThat(registry.stored()).isEmpty();
    }

    @Test
    void tellsWhichVersionsOfHttpItSpeaks() throws IOException {
        String answer = raw("GET /v2/ HTTP/3.0\r\nHost: localhost\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 505 ").contains("UNSUPPORTED", "HTTP/2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v2/ HTTP/1.1\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /v2/ HTTP/1.1\r\nHost: localhost\nConnection: close\r\n\r\n",
            "GET /v2/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\n\n"})
    void refusesLinesThatEndInLineFeedsOnly(String request) throws IOException {
        assertThat(raw(request)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void staysWithHttp11WhenAClientAsksForAnother() throws IOException {
        String answer = raw(String.join("\r\n", "GET /v2/ HTTP/1.1", "Host: localhost",
                "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__",
                "Connection: Upgrade, HTTP2-Settings, close", "", ""));
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("{}");
    }

    @Test
    void answersAClientThatSendsALargeBodyToTheWrongPlace() {
        HttpResponse<String> answer = registry.call("PATCH", "/v2/a/blobs/uploads/never")
                .body(
                        Bytes.of(new byte[8 * 1024 * 1024]))
                .send();
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void saysThatItsStorageFailsWithoutSayingWhereItIs() throws IOException {
        Path uploads = folder.resolve("uploads");
        Files.delete(uploads);
        Files.createFile(uploads);
        HttpResponse<String> answer = registry.call("POST", "/v2/a/blobs/uploads/").send();
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("UNAVAILABLE", "storage")
                .doesNotContain(folder
                        .toString());
        Files.delete(uploads);
        Files.createDirectory(uploads);
        registry.client().pushBlob("a", Bytes.ofUtf8("works on"));
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), registry.server()
                .address()
                .port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
