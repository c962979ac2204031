package dev.chandlery.oci.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.OperationCancelledException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

class HttpTransportTest {
    @StartStop
    final MockWebServer server = new MockWebServer();

    @Test
    void givesStatusHeadersAndBody() throws Exception {
        server.enqueue(new MockResponse.Builder().code(404)
                .setHeader("X-A", "b")
                .body("gone")
                .build());
        try (HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT);
                HttpReply reply = transport.send(HttpCall.get(server.url("/x").uri()))) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.header("x-a")).contains("b");
            assertThat(reply.bytes(100).utf8()).isEqualTo("gone");
        }
        assertThat(server.takeRequest().getHeaders().get("Accept-Encoding")).isEqualTo("identity");
    }

    @Test
    void anInterruptWhileItConnectsCancels() {
        HttpCall call = HttpCall.get(server.url("/x").uri()).withAction("list tags");
        try (HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> transport.send(call)).isInstanceOf(
                    OperationCancelledException.class).hasMessage("cannot list tags: interrupted");
        } finally {
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
    }
}
