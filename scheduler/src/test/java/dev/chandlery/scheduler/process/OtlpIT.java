package dev.chandlery.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scheduler run} measured reaches an OpenTelemetry collector, and none that is silent delays its end. */
class OtlpIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private final List<ExportMetricsServiceRequest> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer collector;
    private volatile boolean silent;

    @BeforeEach
    void start() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                0);
        collector.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        collector.createContext("/v1/metrics", this::take);
        collector.start();
        Files.writeString(folder.resolve("registry.yaml"), """
                primary_registry: {url: embedded, storage: registry}
                cache: {local_cache_dir: cache}
                logging: {level: INFO, format: json}
                monitoring:
                  metrics: {otlp: "http://127.0.0.1:%d/v1/metrics"}
                scheduler: {jobs: {health: {every: 1h}}}
                """.formatted(collector.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        over.countDown();
        collector.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody()));
            if (silent) {
                over.await();
            }
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void jobsThatEndedAreSentBeforeTheSchedulerEnds() throws Exception {
        String log = runUntilHealthIsDone();
        ResourceMetrics last = received.getLast().getResourceMetrics(0);
        assertThat(last.getResource().getAttributesList().toString())
                .contains("chandlery-scheduler", "service.instance.id");
        assertThat(metric(last, "chandlery.jobs").getHistogram().getDataPointsList())
                .filteredOn(point -> point.getAttributesList().toString().contains("\"done\""))
                .singleElement()
                .satisfies(OtlpIT::isOneHealthJob);
        assertThat(log).contains("\"message\":\"stopping\"").doesNotContain("cannot send");
        for (String line : log.lines().filter(text -> !text.startsWith("WARNING: ")).toList()) {
            assertThat(JSON.readTree(line).path("level").asText()).isEqualTo("INFO");
        }
    }

    @Test
    void silentCollectorIsToldAndNotWaitedForLong() throws Exception {
        silent = true;
        long start = System.nanoTime();
        String log = runUntilHealthIsDone();
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MINUTES.toNanos(3));
        assertThat(log).containsOnlyOnce("cannot send metrics to http://127.0.0.1:" + collector
                .getAddress()
                .getPort() + "/v1/metrics: ");
    }

    private String runUntilHealthIsDone() throws Exception {
        try (SchedulerProcess scheduler = SchedulerProcess.start(folder, "run", "run")) {
            scheduler.await("health done");
            assertThat(scheduler.signal("TERM")).isEqualTo(143);
            return scheduler.log();
        }
    }

    private static void isOneHealthJob(HistogramDataPoint point) {
        assertThat(point.getAttributesList().toString()).contains("health");
        assertThat(point.getCount()).isEqualTo(1);
        assertThat(point.getStartTimeUnixNano()).isPositive().isLessThan(point.getTimeUnixNano());
    }

    private static Metric metric(ResourceMetrics figures, String name) {
        return figures.getScopeMetrics(0)
                .getMetricsList()
                .stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
