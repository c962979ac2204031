package dev.chandlery.oci.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.MediaType;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Nothing looks at a call any more once its reply is closed. */
class WatchedReplyTest {
    @StartStop
    final MockWebServer server = new MockWebServer();

    @AutoClose
    private final HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT);

    @Test
    void aReplyThatIsReadInPart() throws Exception {
        server.enqueue(new MockResponse.Builder().body("x".repeat(100_000)).build());
        try (HttpReply reply = transport.send(HttpCall.get(server.url("/").uri()))) {
            assertThat(reply.body().readNBytes(10)).hasSize(10);
            assertThat(transport.watched()).isEqualTo(1);
        }
        assertThat(transport.watched()).isZero();
    }

    @Test
    void aReplyThatIsReadToItsLastByteButNotToItsEnd() throws Exception {
        server.enqueue(new MockResponse.Builder().body("0123456789").build());
        try (HttpReply reply = transport.send(HttpCall.get(server.url("/").uri()))) {
            assertThat(reply.body().readNBytes(10)).hasSize(10);
        }
        assertThat(transport.watched()).isZero();
    }

    @Test
    void aReplyThatIsNotRead() {
        server.enqueue(new MockResponse.Builder().body("0123456789").build());
        transport.send(HttpCall.get(server.url("/").uri())).close();
        assertThat(transport.watched()).isZero();
    }

    @Test
    void aCallWhoseContentFailsByADefect() {
        HttpCall call = HttpCall.of("PUT", server.url("/").uri()).withBody(() -> {
            throw new IllegalStateException("defect");
        }, 10, MediaType.OCTET_STREAM);
        assertThatThrownBy(() -> transport.send(call)).isInstanceOf(IllegalStateException.class);
        assertThat(transport.watched()).isZero();
    }
}
