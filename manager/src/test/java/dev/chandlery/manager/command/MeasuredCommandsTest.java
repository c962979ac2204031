package dev.chandlery.manager.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.cli.Console;
import dev.chandlery.cli.Program;
import dev.chandlery.cli.metrics.Sample;
import dev.chandlery.cli.metrics.SampleLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands measure what they do, and health compares it with the targets. */
class MeasuredCommandsTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded, namespace: test, storage: registry}
                cache: {local_cache_dir: cache}
                monitoring:
                  metrics_retention_days: 30
                  performance_targets: {pull_timeout_ms: 5000, cache_hit_target_pct: 85}
                publishing:
                  tool_sources:
                    hello:
                      http: {url: "http://127.0.0.1:1/{version}-{platform}", versions: ["1.0"]}
                      platforms: [linux-x86_64]
                """);
        Published.publish(folder, "1.0", "linux-x86_64");
    }

    @Test
    void pullsAreMeasuredColdAndWarm() throws IOException {
        pull();
        assertThat(figures()).contains("chandlery_cache_requests_total{result=\"miss\"} 2.0")
                .contains("chandlery_http_requests_seconds_count{host=\"embedded\",method=\"GET\","
                        + "role=\"registry\",status=\"200\"}")
                .contains(
                        "chandlery_pull_duration_seconds_count{result=\"done\",tool=\"hello\"} 1.0")
                .contains(
                        "chandlery_runs_seconds_count{command=\"manager pull\",result=\"done\"} 1.0")
                .doesNotContain("result=\"hit\"");
        pull();
        assertThat(figures()).contains("chandlery_cache_requests_total{result=\"hit\"} 2.0",
                "chandlery_cache_requests_total{result=\"miss\"} 2.0",
                "chandlery_pull_duration_seconds_count{result=\"done\",tool=\"hello\"} 2.0");
    }

    @Test
    void bytesSavedComeWithTheirBasis() throws IOException {
        pull();
        pull();
        String cold = figures().lines()
                .filter(line -> line.startsWith(
                        "chandlery_pull_served_bytes_total{cache=\"cold\""))
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(cold.substring(cold.lastIndexOf(' ')))).isBetween(300.0,
                20_000.0);
        assertThat(figures()).contains(
                "chandlery_pull_upstream_equivalent_bytes_total{basis=\"asset\",tool=\"hello\"} 1000000.0",
                "chandlery_pull_served_bytes_total{cache=\"warm\",tool=\"hello\"}");
    }

    @Test
    void nothingIsKeptOfMetricsThatNobodyAskedFor() {
        assertThat(manager("health")).isZero();
        assertThat(folder.resolve("cache/state/metrics.prom")).doesNotExist();
    }

    @Test
    void healthComparesWithTheTargets() throws IOException {
        SampleLog log = new SampleLog(folder.resolve("cache"), 30);
        Instant now = Instant.now();
        for (int i = 0; i < 20; i++) {
            log.add(new Sample.Pull(now, true, Duration.ofMillis(i == 0 ? 9000 : 100 + i), 1, 1));
        }
        log.add(new Sample.Health(now.minus(Duration.ofDays(1)), false, Duration.ZERO));
        log.add(new Sample.Pull(now.minus(Duration.ofDays(31)), true, Duration.ofDays(1), 0, 999));

        assertThat(manager("health", "--metrics-file", folder.resolve("m.prom").toString()))
                .isZero();

        JsonNode targets = JsonMapper.builder()
                .build()
                .readTree(out.toString(StandardCharsets.UTF_8))
                .path("targets");
        assertThat(targets.path("availability_pct").toString()).isEqualTo(
                "{\"wanted\":99.9,\"actual\":50,\"samples\":2,\"met\":false}");
        assertThat(targets.path("cache_hit_pct").toString()).isEqualTo(
                "{\"wanted\":85,\"actual\":50,\"samples\":40,\"met\":false}");
        assertThat(targets.path("pull_time_ms").toString()).isEqualTo(
                "{\"wanted\":5000,\"actual\":119,\"samples\":20,\"met\":true}");
        assertThat(figures()).contains("chandlery_target_met{target=\"availability\"} 0.0",
                "chandlery_target_actual{target=\"pull_time\"} 119.0",
                "chandlery_target_wanted{target=\"cache_hits\"} 85.0",
                "chandlery_health_up{registry=\"embedded", "chandlery_cache_limit_bytes 1.073");
    }

    @Test
    void healthSaysInWordsThatNothingIsKnownYet() {
        assertThat(manager("health", "-o", "text")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(
                "target availability: 100 % of the last 1 health checks, wanted 99.9 % or more",
                "target pull time: nothing measured yet, wanted 5000 ms or less");
    }

    @Test
    void reportIsMadeInEveryForm() {
        assertThat(manager("report", "-o", "markdown")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("| hello | 1.0 |", "healthy");
        assertThat(manager("report", "-o", "json")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"published_versions\": 1");
        assertThat(manager("report")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("<!DOCTYPE html>");
        assertThat(manager("report", "--versions", "0")).isEqualTo(2);
    }

    private void pull() {
        assertThat(manager("pull", "hello", "--platform", "linux-x86_64", "-o", folder.resolve(
                "tool").toString(), "--metrics-file", folder.resolve("m.prom").toString()))
                .isZero();
    }

    private String figures() throws IOException {
        return Files.readString(folder.resolve("m.prom"));
    }

    private int manager(String... arguments) {
        out.reset();
        Console console = Console.plain(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), Map.of(
                        "HOME", folder.toString(), "CHANDLERY_CONFIG", folder.resolve(
                                "registry.yaml").toString()));
        return new Program(console, ManagerCommand.class).run(arguments);
    }
}
