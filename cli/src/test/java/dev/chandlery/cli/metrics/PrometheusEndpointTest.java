package dev.chandlery.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.TransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrometheusEndpointTest {
    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress
            .getLoopbackAddress(), 0);

    @Test
    void servesWhatIsMeasuredAndNothingElse() {
        PrometheusMetrics metrics = PrometheusMetrics.ofService();
        try (metrics; var endpoint = PrometheusEndpoint.open(FREE, metrics::scrape)) {
            metrics.add(Metric.CACHE_REQUESTS, 3, "hit");
            assertThat(ask(endpoint, "GET", "/metrics")).startsWith(
                    "200 text/plain; version=0.0.4; charset=utf-8 ")
                    .contains("chandlery_cache_requests_total{result=\"hit\"} 3.0")
                    .contains("jvm_memory_used_bytes");
            assertThat(ask(endpoint, "HEAD", "/metrics")).startsWith("200").doesNotContain("jvm");
            assertThat(ask(endpoint, "GET", "/metrics/../x")).startsWith("404");
            assertThat(ask(endpoint, "POST", "/metrics")).startsWith("405");
        }
    }

    @Test
    void tellsThatTheAddressIsTaken() {
        try (var first = PrometheusEndpoint.open(FREE, () -> "")) {
            assertThatThrownBy(() -> PrometheusEndpoint.open(first.address(), () -> ""))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("cannot serve metrics on")
                    .hasMessageContaining(":" + first.address().getPort());
        }
    }

    private static String ask(PrometheusEndpoint endpoint, String method, String path) {
        URI uri = URI.create("http://127.0.0.1:" + endpoint.address().getPort() + path);
        try (HttpTransport transport = new HttpTransport(TransportOptions.DEFAULT);
                HttpReply reply = transport.send(HttpCall.of(method, uri))) {
            return reply.status() + " " + reply.header("Content-Type").orElse("") + " "
                    + new String(reply.bytes(1 << 20).toArray(), StandardCharsets.UTF_8);
        }
    }
}
