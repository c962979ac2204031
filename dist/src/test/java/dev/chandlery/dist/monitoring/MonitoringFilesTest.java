package dev.chandlery.dist.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.cli.metrics.Metric;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboard and rules speak of metrics that there are, in a language that Prometheus understands. */
class MonitoringFilesTest {
    private static final Path ROOT = Path.of(System.getProperty("chandlery.root"));
    private static final Path FOLDER = ROOT.resolve("monitoring");
    private static final Pattern NAME = Pattern.compile("\\bchandlery_[a-z0-9_]+");
    private static final Pattern REGISTRY_NAME = Pattern.compile(
            "\"(chandlery\\.registry\\.[a-z.]+)\"");

    @TempDir
    Path folder;

    @Test
    void everyNameIsInTheCatalogue() throws IOException {
        Set<String> known = Arrays.stream(Metric.values())
                .flatMap(metric -> metric.series().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> server = serverNames();
        assertThat(server).hasSizeGreaterThan(5);
        for (String file : List.of("grafana-dashboard.json", "chandlery.rules.yml",
                "chandlery.rules.test.yml")) {
            Set<String> used = NAME.matcher(Files.readString(FOLDER.resolve(file)))
                    .results()
                    .map(found -> found.group())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(used).as(file)
                    .isNotEmpty()
                    .allMatch(name -> known.contains(name) || server.stream()
                            .anyMatch(prefix -> name.startsWith(prefix)));
        }
    }

    @Test
    void everyMetricIsDocumented() throws IOException {
        String docs = Files.readString(ROOT.resolve("docs/metrics.md"));
        for (Metric metric : Metric.values()) {
            String name = metric.series().getFirst().replaceAll("_bucket$", "");
            assertThat(docs).as(metric.id()).contains("`" + name + "`");
        }
    }

    @Test
    void panelsLieBesideEachOther() throws IOException {
        List<JsonNode> panels = new ArrayList<>();
        dashboard().path("panels").forEach(panels::add);
        assertThat(panels).hasSizeGreaterThan(15);
        assertThat(panels.stream().map(p -> p.path("id").asInt()).distinct()).hasSameSizeAs(panels);
        boolean[][] taken = new boolean[200][24];
        for (JsonNode panel : panels) {
            JsonNode place = panel.path("gridPos");
            for (int y = place.path("y").asInt(); y < place.path("y").asInt() + place.path("h")
                    .asInt(); y++) {
                for (int x = place.path("x").asInt(); x < place.path("x").asInt() + place.path("w")
                        .asInt(); x++) {
                    assertThat(taken[y][x]).as(panel.path("title").asText()).isFalse();
                    taken[y][x] = true;
                }
            }
        }
    }

    @Test
    void prometheusUnderstandsRulesAndTheirTests() throws IOException, InterruptedException {
        String promtool = promtool();
        assertThat(run(promtool, "check", "rules", FOLDER.resolve("chandlery.rules.yml")
                .toString()))
                .contains("SUCCESS");
        assertThat(run(promtool, "test", "rules", FOLDER.resolve("chandlery.rules.test.yml")
                .toString())).contains("SUCCESS");
    }

    @Test
    void prometheusUnderstandsWhatTheDashboardAsks() throws IOException, InterruptedException {
        StringBuilder rules = new StringBuilder("groups:\n- name: panels\n  rules:\n");
        int count = 0;
        for (JsonNode expression : dashboard().findValues("expr")) {
            rules.append("  - record: panel:")
                    .append((char) ('a' + count % 26))
                    .append(count++)
                    .append("\n    expr: '")
                    .append(expression.asText()
                            .replace("$__rate_interval", "5m")
                            .replace("'", "''"))
                    .append("'\n");
        }
        Path file = Files.writeString(folder.resolve("panels.yml"), rules);
        assertThat(run(promtool(), "check", "rules", file.toString())).contains(
                "SUCCESS: " + count + " rules");
    }

    private static JsonNode dashboard() throws IOException {
        return JsonMapper.builder()
                .build()
                .readTree(Files.readAllBytes(FOLDER.resolve(
                        "grafana-dashboard.json")));
    }

    /** The registry server has its metrics in its own package. */
    private static List<String> serverNames() throws IOException {
        Path sources = ROOT.resolve("registry/src/main/java/dev/chandlery/registry/observe");
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                REGISTRY_NAME.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1).replace('.', '_'))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static String promtool() {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(place -> Path.of(place, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "no promtool on the path: Debian's package is prometheus");
        return found.orElseThrow().toString();
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int code = process.waitFor();
        assertThat(code).as(Files.readString(log)).isZero();
        return Files.readString(log);
    }
}
