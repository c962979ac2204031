package dev.chandlery.registry.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.chandlery.oci.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** What is on the wire to the service. */
final class S3ClientsTest {
    private record Received(Headers headers, Bytes body) {}

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private HttpServer service;
    private S3Client client;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            Bytes body = Bytes.of(exchange.getRequestBody().readAllBytes());
            received.add(new Received(exchange.getRequestHeaders(), body));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        service.start();
        client = S3Clients.of(S3Settings.of("bucket")
                .withEndpoint(URI.create("http://127.0.0.1:" + service.getAddress().getPort()))
                .withLogin(new S3Login("an-identity", "a-secret")));
    }

    @AfterEach
    void stop() {
        client.close();
        service.stop(0);
    }

    /** What follows signed chunks is left unread by some services, which close the connection then. */
    @Test
    void sendsBodiesAsTheyAre() throws InterruptedException {
        Bytes content = Bytes.ofUtf8("content");
        new S3Objects(client, "bucket", "").put("name", content.toArray(), content.size());
        Received put = received.take();
        assertThat(put.body()).isEqualTo(content);
        assertThat(put.headers().getFirst("X-amz-content-sha256")).isEqualTo(content.digest()
                .encoded());
    }
}
