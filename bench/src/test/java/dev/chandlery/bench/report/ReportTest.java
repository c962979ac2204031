package dev.chandlery.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.bench.load.Work;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Results results = new Results();
    private final Setup setup = new Setup(new TreeMap<>(Map.of("cores", "2")), Map.of(), Map.of(
            "nginx", "nginx is not installed"));

    private void rates(String peer, long... perSecond) {
        for (long rate : perSecond) {
            results.add("manifest-digest-64", "GET", peer, new Sample(new Work(1, rate, 1000, 1,
                    2), 0.5, 1 << 20));
        }
    }

    @Test
    void showsMediansAndWhatTheyAreOfTheReference() {
        rates("chandlery", 3000, 1, 3200);
        rates("distribution", 100, 50, 100, 150);
        List<String> lines = new TextReport(setup, results, Goal.ofRegistry("chandlery"), List.of(
                "distribution", "nginx")).lines();
        assertThat(lines).contains("nginx is left out: nginx is not installed");
        assertThat(lines).anySatisfy(l -> assertThat(l).startsWith("chandlery")
                .contains("3,000")
                .endsWith("30.00"));
        assertThat(lines).anySatisfy(l -> assertThat(l).startsWith("manifest GET by digest, times")
                .contains(">= 15", "30.00")
                .endsWith("yes"));
        assertThat(lines).noneSatisfy(l -> assertThat(l).startsWith("blob GET"));
    }

    @Test
    void jsonHasAllSamples() throws IOException {
        rates("chandlery", 3000, 1, 3200);
        var json = JsonMapper.builder()
                .build()
                .readTree(new JsonReport(setup, results, List.of()).text());
        var server = json.at("/loads/0/servers/0");
        assertThat(server.at("/medians/rate").asDouble()).isEqualTo(3000);
        assertThat(server.at("/samples")).hasSize(3);
        assertThat(server.at("/samples/1/rate").asDouble()).isEqualTo(1);
    }
}
