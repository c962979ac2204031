package dev.chandlery.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.http.HttpEvent;
import dev.chandlery.oci.http.Origin;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HttpMetricsTest {
    private static final Origin REGISTRY = Origin.parse("https://registry.example");
    private static final Origin EMBEDDED = Origin.parse("http://127.0.0.1:40123");
    private static final Origin UPSTREAM = Origin.parse("https://api.example.com:8443");

    private final PrometheusMetrics metrics = PrometheusMetrics.ofRun();
    private final HttpMetrics http = new HttpMetrics(metrics);

    @Test
    void registriesAndUpstreamsAreToldApart() {
        http.registry("registry.example", "registry.example");
        http.registry("127.0.0.1:40123", "embedded");
        http.on(answered(REGISTRY, "GET", 200, 100));
        http.on(answered(EMBEDDED, "PUT", 201, 0));
        http.on(answered(UPSTREAM, "PROPFIND", 404, 7));
        http.on(answered(REGISTRY, "HEAD", 200, 5000));
        http.on(new HttpEvent.Repeated(UPSTREAM, "GET", 1));
        http.on(new HttpEvent.Throttled(UPSTREAM, "GET", 429, Duration.ZERO));
        http.on(new HttpEvent.Quota(UPSTREAM, "GET", 12, OptionalLong.of(60)));

        assertThat(metrics.scrape()).contains(
                "seconds_count{host=\"registry.example\",method=\"GET\",role=\"registry\",status=\"200\"} 1",
                "seconds_count{host=\"embedded\",method=\"PUT\",role=\"registry\",status=\"201\"} 1",
                "seconds_count{host=\"api.example.com:8443\",method=\"OTHER\",role=\"upstream\",status=\"404\"} 1",
                "chandlery_http_received_bytes_total{host=\"registry.example\",role=\"registry\"} 100.0",
                "chandlery_http_retries_total{host=\"api.example.com:8443\",role=\"upstream\"} 1.0",
                "chandlery_http_throttled_total{host=\"api.example.com:8443\",role=\"upstream\"} 1.0",
                "chandlery_http_ratelimit_left{host=\"api.example.com:8443\"} 12.0",
                "chandlery_http_ratelimit_limit{host=\"api.example.com:8443\"} 60.0");
        assertThat(http.receivedFromRegistries()).isEqualTo(100);
    }

    private static HttpEvent answered(Origin origin, String method, int status, long bytes) {
        return new HttpEvent.Answered(origin, method, status, Duration.ofMillis(3), 10,
                OptionalLong.of(bytes));
    }
}
