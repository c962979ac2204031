package dev.chandlery.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.operation.MetricsSpec;
import dev.chandlery.oci.http.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run measured gets out: to a file, to a push gateway, to a collector. */
class RunMetricsTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @TempDir
    Path folder;

    private HttpServer server;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(),
                        StandardCharsets.ISO_8859_1);
                asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n"
                        + body);
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fileHasTheSumsOfAllRunsAndIsReadableByTheCollector() throws IOException {
        Path file = folder.resolve("out/chandlery.prom");
        MetricsSpec spec = new MetricsSpec(Optional.of(file), Optional.empty(), Optional.empty());
        run(spec, ExitCode.DONE);
        run(spec, ExitCode.DONE);

        assertThat(file).content()
                .contains("chandlery_cache_requests_total{result=\"hit\"} 4.0")
                .contains("chandlery_cache_size_bytes 7.0")
                .contains("chandlery_pull_duration_seconds_count{result=\"done\",tool=\"a\"} 2")
                .contains("chandlery_pull_duration_seconds_bucket{result=\"done\",tool=\"a\","
                        + "le=\"+Inf\"} 2.0")
                .contains(
                        "chandlery_runs_seconds_count{command=\"manager pull\",result=\"done\"} 2")
                .contains("chandlery_run_last_success_timestamp_seconds{command=\"manager pull\"}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(
                "rw-r--r--");
        try (Stream<Path> beside = Files.list(file.getParent())) {
            assertThat(beside).containsExactly(file);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void runOfWhichNobodySaysHowItEndedHasFailed() {
        Path file = folder.resolve("chandlery.prom");
        RunMetrics.of("publisher", new MetricsSpec(Optional.of(file), Optional.empty(), Optional
                .empty()), place()).finish(warnings::add);
        assertThat(file).content()
                .contains("command=\"publisher\",result=\"failed\"")
                .doesNotContain("last_success");
    }

    @Test
    void damagedSumsBeginAnew() throws IOException {
        Path state = Files.createDirectories(folder.resolve("cache/state"));
        Files.write(state.resolve("metrics.prom"), new byte[]{(byte) 0xff, 'x', '\n', 'y'});
        Path file = folder.resolve("chandlery.prom");
        run(new MetricsSpec(Optional.of(file), Optional.empty(), Optional.empty()), ExitCode.DONE);
        assertThat(file).content().contains("chandlery_cache_requests_total{result=\"hit\"} 2.0");
    }

    @Test
    void sumsArePushedAsOneGroup() {
        run(pushingTo(address()), ExitCode.DONE);
        run(pushingTo(address() + "/metrics/job/mine/instance/a"), ExitCode.DONE);
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst()).startsWith("PUT /metrics/job/chandlery\n")
                .contains(
                        "chandlery_cache_requests_total{result=\"hit\"} 2.0");
        assertThat(asked.getLast()).startsWith("PUT /metrics/job/mine/instance/a\n");
    }

    @Test
    void gatewayThatRefusesOrIsGoneIsAWarning() {
        status = 400;
        run(pushingTo(address()), ExitCode.DONE);
        assertThat(warnings).singleElement()
                .asString()
                .startsWith("cannot send metrics to " + address() + "/metrics/job/chandlery: 400");
        warnings.clear();
        String gone = address();
        server.stop(0);
        run(pushingTo(gone), ExitCode.DONE);
        assertThat(warnings).singleElement()
                .asString()
                .startsWith("cannot send metrics to " + gone);
    }

    @Test
    void collectorGetsWhatWasMeasuredWhenTheRunEnds() {
        run(new MetricsSpec(Optional.empty(), Optional.empty(), Optional.of(URI.create(address()
                + "/v1/metrics"))), ExitCode.DONE);
        assertThat(asked).singleElement()
                .asString()
                .startsWith("POST /v1/metrics\n")
                .contains("chandlery.cache.requests", "chandlery-manager",
                        "chandlery.pull.duration");
    }

    @Test
    void fileThatCannotBeWrittenIsAWarning() throws IOException {
        Path blocked = Files.createFile(folder.resolve("file"));
        run(new MetricsSpec(Optional.of(blocked.resolve("x.prom")), Optional.empty(), Optional
                .empty()), ExitCode.DONE);
        assertThat(warnings).singleElement()
                .asString()
                .startsWith("cannot write metrics to " + blocked);
    }

    @Test
    void nothingIsMeasuredForNobody() {
        RunMetrics none = RunMetrics.of("manager health", MetricsSpec.NONE, place());
        none.add(Metric.CACHE_REQUESTS, 1, "hit");
        none.finish(warnings::add);
        assertThat(none.isWatched()).isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    private void run(MetricsSpec spec, ExitCode ended) {
        RunMetrics metrics = RunMetrics.of("manager pull", spec, place());
        metrics.add(Metric.CACHE_REQUESTS, 2, "hit");
        metrics.set(Metric.CACHE_SIZE, 7);
        metrics.record(Metric.PULL, Duration.ofMillis(30), "a", "done");
        metrics.ended(ended);
        metrics.finish(warnings::add);
    }

    private RunMetrics.Place place() {
        return new RunMetrics.Place(folder.resolve("cache"), TransportOptions.DEFAULT);
    }

    private static MetricsSpec pushingTo(String address) {
        return new MetricsSpec(Optional.empty(), Optional.of(URI.create(address)), Optional
                .empty());
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
