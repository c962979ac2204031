package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.registry.http.HttpServerOptions.Pace;
import dev.chandlery.registry.http.PortChoice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that hold connections without asking or sending anything to the point. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SlowClientTest {
    private static final Pace STRICT = new Pace(100, Duration.ofSeconds(30), Duration.ofSeconds(1),
            1_000_000, Duration.ofSeconds(1));

    @TempDir
    private Path folder;
    private RunningRegistry registry;

    @BeforeEach
    void start() {
        ServerOptions options = ServerOptions.loopback(PortChoice.ANY);
        registry = RunningRegistry.start(folder, options.withHttp(options.http()
                .withPace(
                        STRICT)));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aHeaderThatNeverEndsIsNotWaitedFor() throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(ascii("GET /v2/ HTTP/1.1\r\nHost: localhost\r\n"));
            assertThat(drip(socket, "X-More: 1\r\n")).doesNotContain(" 200 ");
        }
        assertThat(registry.call("GET", "/v2/").send().statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyThatDripsIsEndedAndNothingIsStored() throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(ascii("POST /v2/a/blobs/uploads/?digest=sha256:" + "0".repeat(64)
                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"));
            assertThat(drip(socket, "x")).startsWith("HTTP/1.1 408 ");
        }
        try (Stream<Path> left = Files.list(folder.resolve("uploads"))) {
            assertThat(left).isEmpty();
        }
        assertThat(registry.call("GET", "/v2/a/tags/list").send().statusCode()).isEqualTo(404);
    }

    /** Sends the piece again and again until the server ends the connection; what it answered. */
    private static String drip(Socket socket, String piece) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        socket.setSoTimeout(100);
        while (true) {
            try {
                int read = in.read();
                if (read < 0) {
                    return answer.toString();
                }
                answer.append((char) read);
            } catch (java.net.SocketTimeoutException _) {
                if (!send(socket, piece)) {
                    return answer.toString();
                }
            } catch (IOException _) {
                return answer.toString(); // reset
            }
        }
    }

    private static boolean send(Socket socket, String piece) {
        try {
            socket.getOutputStream().write(ascii(piece));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), registry.server().address().port());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
