package dev.chandlery.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.Bytes;
import dev.chandlery.registry.http.HttpServerOptions.Pace;
import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.route.RequestObserver;
import dev.chandlery.registry.route.Served;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that hold connections without asking or sending anything to the point. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
final class SlowClientTest {
    private static final int OF_ADDRESS = 40;
    /** Longer than any test may take. */
    private static final Duration FOR_EVER = Duration.ofMinutes(10);
    private static final Pace STRICT = new Pace(100, OF_ADDRESS, FOR_EVER, Duration.ofSeconds(1),
            1_000_000, 1_000_000, Duration.ofSeconds(1));

    @TempDir
    private Path folder;
    private RunningRegistry registry;
    private final CountDownLatch cut = new CountDownLatch(1);
    private final RequestObserver watch = new RequestObserver() {
        @Override
        public void sent(Served served, Transfer transfer) {
            if (!transfer.complete()) {
                cut.countDown();
            }
        }
    };

    @BeforeEach
    void start() {
        ServerOptions options = ServerOptions.loopback(PortChoice.ANY);
        registry = RunningRegistry.start(folder, options.withHttp(options.http()
                .withPace(
                        STRICT))
                .withInsight(new Insight(List.of(watch), false)));
    }

    /** A client of ours might be cut off as well, on a busy machine. */
    private void pushInPeace(Bytes blob) {
        registry.close();
        try (RunningRegistry patient = RunningRegistry.start(folder)) {
            patient.client().pushBlob("a", blob);
        }
        start();
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

    /** A file that the system sends, one that is read, and bytes from memory. */
    @ParameterizedTest
    @ValueSource(ints = {16_000_000, 60_000})
    void aBlobThatIsTakenDropByDropIsCutOff(int size) throws IOException {
        Bytes blob = Bytes.of(new byte[size]);
        pushInPeace(blob);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(2048);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), registry.server()
                    .address()
                    .port()));
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 16_000_000 / size; i++) { // all of them are more than sockets hold
                requests.append("GET /v2/a/blobs/")
                        .append(blob.digest())
                        .append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            OutputStream out = socket.getOutputStream();
            Thread.ofVirtual().start(() -> {
                try {
                    out.write(ascii(requests.toString()));
                } catch (IOException _) {
                    // it was cut off
                }
            });
            assertThat(dropByDrop(socket)).isLessThan(16_000_000);
        }
        assertThat(registry.call("GET", "/v2/").send().statusCode()).isEqualTo(200);
    }

    /** Takes a little now and then, so that no connection is idle; how much came until its end. */
    private long dropByDrop(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] little = new byte[512];
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        long taken = 0;
        try {
            for (int read = in.read(little); read >= 0; read = in.read(little)) {
                taken += read;
                if (cut.getCount() > 0 && System.nanoTime() < end) {
                    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                }
            }
        } catch (SocketException _) {
            return taken; // reset
        }
        return taken;
    }

    @Test
    void anAddressHasOnlySoManyConnections() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        int answered = 0;
        try {
            for (int i = 0; i < 2 * OF_ADDRESS; i++) {
                Socket socket = connect();
                sockets.add(socket);
                socket.setSoTimeout(60_000); // who is over the limit is ended at once
                answered += isAnswered(socket) ? 1 : 0;
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        assertThat(answered).isEqualTo(OF_ADDRESS);
        while (!retry()) {
            Thread.onSpinWait();
        }
    }

    private boolean retry() throws IOException {
        try (Socket socket = connect()) {
            return isAnswered(socket);
        }
    }

    private static boolean isAnswered(Socket socket) {
        try {
            socket.getOutputStream()
                    .write(ascii("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            return socket.getInputStream().read() == 'H';
        } catch (IOException _) {
            return false; // closed
        }
    }

    /** Sends the piece again and again until the server ends the connection; what it answered. */
    private static String drip(Socket socket, String piece) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        socket.setSoTimeout(100);
        boolean broken = false;
        while (true) {
            try {
                int read = in.read();
                if (read < 0) {
                    return answer.toString();
                }
                answer.append((char) read);
            } catch (java.net.SocketTimeoutException _) {
                // After a failure too, as the answer may have come a moment before.
                broken = broken || !send(socket, piece);
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
