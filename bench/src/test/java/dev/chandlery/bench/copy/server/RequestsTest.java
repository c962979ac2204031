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
        Requests since = Requests.ofDistribution(AFTER)
                .since(Requests.ofDistribution(BEFORE))
                .at("source");
        assertThat(since.byKind()).isEqualTo(Map.of("source HEAD manifest 404", 3L,
                "source GET blob 200", 1L));
        assertThat(since.count()).isEqualTo(4);
        assertThat(since.answered()).isEqualTo(1_500_000);
    }

    @Test
    void countsWhatOurRegistryWasAsked() {
        Requests requests = Requests.ofChandlery("""
                # TYPE chandlery_registry_requests_seconds histogram
                chandlery_registry_requests_seconds_bucket{method="GET",route="blob",status="200",le="0.1"} 3
                chandlery_registry_requests_seconds_count{method="GET",route="blob",status="200"} 3
                chandlery_registry_requests_seconds_count{method="PUT",route="manifest",status="201"} 2
                chandlery_registry_requests_seconds_count{method="GET",route="metrics",status="200"} 9
                chandlery_registry_bodies_bytes_total{direction="received"} 7.0
                chandlery_registry_bodies_bytes_total{direction="sent"} 1.5E3
                """);
        assertThat(requests.byKind()).isEqualTo(Map.of("GET blob 200", 3L, "PUT manifest 201", 2L));
        assertThat(requests.answered()).isEqualTo(1_500);
    }
}
