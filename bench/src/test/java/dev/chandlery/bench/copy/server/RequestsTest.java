package dev.chandlery.bench.copy.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final String BEFORE = """
            # TYPE registry_http_requests_total counter
            registry_http_requests_total{code="200",handler="base",method="get"} 2
            registry_http_response_size_bytes_sum{handler="base"} 4
            """;
    private static final String AFTER = """
            registry_http_requests_total{code="200",handler="base",method="get"} 2
            registry_http_requests_total{code="404",handler="manifest",method="head"} 3
            registry_http_requests_total{code="200",handler="blob",method="get"} 1
            registry_http_response_size_bytes_bucket{handler="blob",le="200"} 0
            registry_http_response_size_bytes_sum{handler="base"} 4
            registry_http_response_size_bytes_sum{handler="blob"} 1.5e+06
            """;

    @Test
    void countsWhatCameSince() {
        Requests since = Requests.parse(AFTER).since(Requests.parse(BEFORE)).at("source");
        assertThat(since.byKind()).isEqualTo(Map.of("source HEAD manifest 404", 3L,
                "source GET blob 200", 1L));
        assertThat(since.count()).isEqualTo(4);
        assertThat(since.answered()).isEqualTo(1_500_000);
    }
}
