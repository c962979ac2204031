package dev.chandlery.bench.copy.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.bench.copy.client.ClientRun;
import dev.chandlery.bench.copy.client.CopyClient;
import dev.chandlery.bench.copy.client.CopyTask.State;
import dev.chandlery.bench.copy.client.Crane;
import dev.chandlery.bench.copy.client.Engine;
import dev.chandlery.bench.copy.client.Floor;
import dev.chandlery.bench.copy.client.Regsync;
import dev.chandlery.bench.copy.server.Requests;
import dev.chandlery.bench.report.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopyReportTest {
    private static final CopyCase FULL = new CopyCase("tiny", 20, State.EMPTY);
    private final CopyResults results = new CopyResults();
    private final CopyReport report = new CopyReport(new Setup(Map.of(), Map.of(), Map.of("oras",
            "oras is not installed")), results, "engine", "crane-x8");

    private void samples(CopyClient client, long requests, double... seconds) {
        for (double each : seconds) {
            results.add(FULL, client, new CopySample(new ClientRun(each, 1, 50 << 20),
                    new Requests(new TreeMap<>(Map.of("source GET blob 200", requests)),
                            1000)));
        }
    }

    @BeforeEach
    void measure() {
        samples(new Engine(Path.of("."), 32, "-Xmx256m"), 1200, 1, 9, 1.2);
        samples(new Floor(32), 1000, 1);
        samples(new Crane(32, 8), 2000, 1.5);
        samples(new Crane(32, 1), 2000, 30);
        samples(new Regsync(32), 2200, 2);
        results.fail(FULL, new Regsync(8), "it failed");
    }

    @Test
    void showsMediansAndWhatTheyAreOfOthers() {
        assertThat(report.lines()).contains("oras is left out: oras is not installed",
                "FAILED: regsync (tiny, empty target, 20 ms of round trip): it failed")
                .anySatisfy(l -> assertThat(l).startsWith("engine")
                        .contains("1.20", "1,200")
                        .endsWith("0.60        0.80     1.20"));
    }

    @Test
    void holdsOursAgainstTheGoals() {
        assertThat(report.lines()).anySatisfy(l -> assertThat(l).contains(
                "wall, of the best single process", "0.7", "0.60").endsWith("yes"))
                .anySatisfy(l -> assertThat(l).contains("requests, of the floor's", "1.1", "1.20")
                        .endsWith("NO"));
    }

    @Test
    void jsonHasAllSamples() throws IOException {
        var client = JsonMapper.builder().build().readTree(report.json()).at("/cases/0/clients/0");
        assertThat(client.at("/medians/wallSeconds").asDouble()).isEqualTo(1.2);
        assertThat(client.at("/samples")).hasSize(3);
        assertThat(client.at("/samples/0/requestsByKind/source GET blob 200").asInt()).isEqualTo(
                1200);
    }
}
