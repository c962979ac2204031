package dev.chandlery.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are larger than all buffers between two programs. */
@Timeout(240)
class FileSendingTest {
    private static final int BYTES = 24 * 1024 * 1024 + 7;
    private static final int OFFSET = 1000;

    @TempDir
    private Path folder;
    private final byte[] content = new byte[BYTES];
    private final AtomicLong sent = new AtomicLong();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile long promised = BYTES - OFFSET;
    private JettyHttpServer server;

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(content);
        Files.write(folder.resolve("content"), content);
        server = JettyHttpServer.start(HttpServerOptions.of("127.0.0.1", PortChoice.ANY),
                this::answer);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse answer(dev.chandlery.registry.http.HttpRequest request) {
        try {
            FileChannel file = FileChannel.open(folder.resolve("content")).position(OFFSET);
            return HttpResponse.of(200)
                    .with("X-Kept", "yes")
                    .withBody(new ResponseBody.Streamed(file, promised))
                    .whenSent((_, bytes, _) -> {
                        sent.set(bytes);
                        over.countDown();
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] expected() {
        return Arrays.copyOfRange(content, OFFSET, BYTES);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void arrivesWholeWithItsLength(HttpClient.Version version) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server
                    .port() + "/")).build();
            for (int again = 0; again < 2; again++) {
                var response = client.send(request, BodyHandlers.ofByteArray());
                assertThat(response.body()).isEqualTo(expected());
                assertThat(response.headers().firstValueAsLong("Content-Length"))
                        .hasValue(BYTES - OFFSET);
                assertThat(response.headers().firstValue("X-Kept")).contains("yes");
                assertThat(response.headers().firstValue("Transfer-Encoding")).isEmpty();
            }
        }
        over.await(); // a client may have all before the server knows it
        assertThat(sent).hasValue(BYTES - OFFSET);
    }

    @Test
    void connectionOfASlowClientServesTheNextRequest() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setReceiveBufferSize(64 * 1024);
            InputStream in = socket.getInputStream();
            for (int request = 0; request < 2; request++) {
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(
                                StandardCharsets.US_ASCII));
                assertThat(header(in)).startsWith("HTTP/1.1 200")
                        .contains("Content-Length: "
                                + (BYTES - OFFSET));
                assertThat(in.readNBytes(BYTES - OFFSET)).isEqualTo(expected());
            }
        }
    }

    @Test
    void shortFileEndsTheConnection() throws Exception {
        promised = BYTES;
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server
                    .port() + "/")).build();
            assertThatThrownBy(() -> client.send(request, BodyHandlers.ofByteArray()))
                    .isInstanceOf(IOException.class);
        }
        over.await();
        assertThat(sent).hasValue(0);
    }

    @Test
    void clientThatLeavesIsNoticed() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(
                            StandardCharsets.US_ASCII));
            assertThat(header(socket.getInputStream())).startsWith("HTTP/1.1 200");
        }
        over.await();
        assertThat(sent).hasValue(0);
    }

    private static String header(InputStream in) throws IOException {
        StringBuilder header = new StringBuilder();
        while (!header.toString().endsWith("\r\n\r\n")) {
            header.append((char) in.read());
        }
        return header.toString();
    }
}
