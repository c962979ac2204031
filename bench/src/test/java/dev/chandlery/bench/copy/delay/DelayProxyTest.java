package dev.chandlery.bench.copy.delay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.bench.wire.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DelayProxyTest {
    private static final Duration ROUND_TRIP = Duration.ofMillis(40);

    private ServerSocket server;

    /** Sends back what it gets. */
    @BeforeEach
    void echo() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket client = server.accept();
                    Thread.ofVirtual().start(() -> {
                        try (client) {
                            client.getInputStream().transferTo(client.getOutputStream());
                        } catch (IOException _) {
                            // the client is gone
                        }
                    });
                }
            } catch (IOException _) {
                // closed
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Socket connect(DelayProxy proxy) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.address().port());
    }

    private static long roundTrip(Socket socket) throws IOException {
        long begin = System.nanoTime();
        socket.getOutputStream().write(1);
        assertThat(socket.getInputStream().read()).isEqualTo(1);
        return System.nanoTime() - begin;
    }

    @Test
    void eachExchangeTakesARoundTripAndTheFirstOneMore() throws IOException {
        long begin = System.nanoTime(); // before it connects, as the delay begins then
        try (DelayProxy proxy = new DelayProxy(new Address(server.getLocalPort()), ROUND_TRIP);
                Socket socket = connect(proxy)) {
            roundTrip(socket);
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(ROUND_TRIP.toNanos() * 3
                    / 2);
            assertThat(roundTrip(socket)).isGreaterThanOrEqualTo(ROUND_TRIP.toNanos());
        }
    }

    @Test
    void bytesPassInOrderAndTheEndOfThemToo() throws IOException {
        byte[] sent = new byte[3 << 20];
        new Random(1).nextBytes(sent);
        try (DelayProxy proxy = new DelayProxy(new Address(server.getLocalPort()), ROUND_TRIP);
                Socket socket = connect(proxy)) {
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(sent);
                    socket.shutdownOutput();
                } catch (IOException _) {
                    // shows in what is received
                }
            });
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
        }
    }
}
