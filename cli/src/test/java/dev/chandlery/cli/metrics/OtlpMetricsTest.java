package dev.chandlery.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.cli.ProgramVersion;
import dev.chandlery.oci.http.TransportOptions;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an OpenTelemetry collector receives, and what becomes of us when it does not want it. */
class OtlpMetricsTest {
    private static final String SECRET = "Bearer kept-to-ourselves";
    private static final Duration LONG = Duration.ofDays(36_500);

    private final FakeCollector collector = new FakeCollector();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void runIsReceivedWithNamesValuesAndUnits() {
        measure(run());
        FakeCollector.Received got = collector.only();
        assertThat(got.path()).isEqualTo("/v1/metrics");
        assertThat(got.headers().getFirst("Content-Type")).isEqualTo("application/x-protobuf");
        NumberDataPoint hits = hits(got);
        assertThat(got.metric("chandlery.cache.requests").getSum().getIsMonotonic()).isTrue();
        assertThat(got.metric("chandlery.cache.requests").getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
        assertThat(hits.getAsDouble()).isEqualTo(2);
        assertThat(hits.getAttributes(0).getKey()).isEqualTo("result");
        assertThat(hits.getAttributes(0).getValue().getStringValue()).isEqualTo("hit");
        assertThat(got.metric("chandlery.cache.size").getGauge().getDataPoints(0).getAsDouble())
                .isEqualTo(7);
        HistogramDataPoint pulls = got.metric("chandlery.pull.duration")
                .getHistogram()
                .getDataPoints(0);
        assertThat(pulls.getCount()).isEqualTo(1);
        assertThat(pulls.getSum()).isEqualTo(0.03);
        assertThat(pulls.getBucketCounts(pulls.getExplicitBoundsList().indexOf(0.05))).isEqualTo(1);
        assertThat(warnings).isEmpty();
    }

    /** A collector that translates for Prometheus appends unit and kind to the name: ours come out. */
    @Test
    void dashboardAndRulesFindThemUnderTheirNames() {
        OtlpMetrics metrics = run();
        for (Metric metric : Metric.values()) {
            String[] tags = metric.tags().toArray(String[]::new);
            switch (metric.kind()) {
                case COUNTER -> metrics.add(metric, 1, tags);
                case GAUGE -> metrics.set(metric, 1, tags);
                case TIMER -> metrics.record(metric, Duration.ofSeconds(1), tags);
            }
        }
        metrics.close();
        List<String> names = collector.only().metrics().stream().map(metric -> {
            String name = metric.getName().replace('.', '_');
            String full = metric.getUnit().isEmpty() ? name : name + "_" + metric.getUnit();
            return metric.hasSum()
                    ? full + "_total"
                    : metric.hasHistogram() ? full + "_bucket" : full;
        }).toList();
        for (Metric metric : Metric.values()) {
            assertThat(names).contains(metric.series().getFirst());
        }
    }

    @Test
    void sayWhoTheyAre() {
        measure(run());
        assertThat(collector.only().resource())
                .containsEntry("service.name", "chandlery-manager")
                .containsEntry("service.version", ProgramVersion.current())
                .doesNotContainKey("service.instance.id");
        measure(service(LONG));
        assertThat(collector.received().getLast().resource())
                .containsEntry("service.name", "chandlery-scheduler")
                .containsEntry("service.instance.id", "node-1");
    }

    @Test
    void environmentSaysHeadersAndResource() {
        environment.put("OTEL_EXPORTER_OTLP_HEADERS",
                "Authorization=Bearer%20kept-to-ourselves, x-tenant = a=b+c,broken");
        environment.put("OTEL_EXPORTER_OTLP_METRICS_HEADERS", "x-second=100%,b d=c,e=%0d%0af");
        environment.put("OTEL_RESOURCE_ATTRIBUTES",
                "deployment.environment=test%2Cothers,service.name=no");
        environment.put("OTEL_SERVICE_NAME", "tools");
        measure(run());
        FakeCollector.Received got = collector.only();
        assertThat(got.headers().getFirst("Authorization")).isEqualTo(SECRET);
        assertThat(got.headers().getFirst("x-tenant")).isEqualTo("a=b+c");
        assertThat(got.headers().getFirst("x-second")).isEqualTo("100%");
        assertThat(got.headers()).doesNotContainKeys("E", "B d");
        assertThat(got.resource())
                .containsEntry("deployment.environment", "test,others")
                .containsEntry("service.name", "tools");
        assertThat(warnings).hasSize(3).allMatch(text -> text.contains("OTEL_EXPORTER_OTLP_"));
    }

    /** Collectors leave out what bears a time that they had already. */
    @Test
    void timesOfRunsAreTheirOwn() {
        Instant before = Instant.now();
        measure(run());
        measure(run());
        List<NumberDataPoint> points = collector.received()
                .stream()
                .map(OtlpMetricsTest::hits)
                .toList();
        assertThat(points).hasSize(2);
        assertThat(points.getFirst().getStartTimeUnixNano()).isGreaterThanOrEqualTo(nanos(before));
        assertThat(points.getLast().getTimeUnixNano()).isLessThanOrEqualTo(nanos(Instant.now()));
        points.forEach(point -> assertThat(point.getTimeUnixNano()).isGreaterThan(point
                .getStartTimeUnixNano()));
        assertThat(points.getLast().getStartTimeUnixNano()).isGreaterThanOrEqualTo(points.getFirst()
                .getTimeUnixNano());
    }

    @Test
    void sumsOfAServiceGrowSinceItBegan() {
        OtlpMetrics service = service(Duration.ofMillis(200));
        collector.answer(503, "");
        service.add(Metric.CACHE_REQUESTS, 3, "hit");
        collector.await(() -> !collector.received().isEmpty());
        collector.answer(200, "");
        int missed = collector.received().size();
        collector.await(() -> collector.received().size() > missed);
        service.add(Metric.CACHE_REQUESTS, 4, "hit");
        service.close();
        assertThat(collector.received().stream().map(OtlpMetricsTest::hits))
                .isSortedAccordingTo(Comparator.comparingDouble(NumberDataPoint::getAsDouble))
                .isSortedAccordingTo(Comparator.comparingLong(NumberDataPoint::getTimeUnixNano))
                .last()
                .returns(7.0, NumberDataPoint::getAsDouble);
        assertThat(collector.received().stream().map(got -> hits(got).getStartTimeUnixNano()))
                .containsOnly(hits(collector.received().getFirst()).getStartTimeUnixNano());
        assertThat(collector.received()
                .getLast()
                .metric("chandlery.cache.requests")
                .getSum()
                .getAggregationTemporality()).isEqualTo(
                        AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429, 500, 503})
    void refusalIsAWarningWithoutSecrets(int status) {
        environment.put("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=" + SECRET);
        collector.answer(status, "no \u001b[31m" + SECRET + "\r\nsecond line");
        measure(OtlpMetrics.ofRun(to(URI.create(collector.address() + "?key=also-secret")),
                "chandlery-manager"));
        assertThat(collector.received()).hasSize(1);
        assertThat(warnings).containsExactly("cannot send metrics to " + collector.address()
                + "?key=***: " + status + " no [31m***");
    }

    @ParameterizedTest
    @CsvSource({"down", "silent"})
    void whoeverIsNotThereIsNotWaitedFor(String how) {
        if (how.equals("down")) {
            collector.close();
        } else {
            collector.answer(0, "");
        }
        long start = System.nanoTime();
        measure(run());
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MINUTES.toNanos(1));
        assertThat(warnings).singleElement()
                .asString()
                .startsWith("cannot send metrics to " + collector.address() + ": ");
    }

    @Test
    void serviceTellsATroubleOnce() {
        collector.answer(503, "");
        OtlpMetrics service = service(Duration.ofMillis(200));
        service.add(Metric.CACHE_REQUESTS, 1, "hit");
        collector.await(() -> collector.received().size() > 2);
        service.close();
        assertThat(warnings).containsExactly("cannot send metrics to " + collector.address()
                + ": 503");
    }

    @Test
    void whatWasTakenInPartIsTold() {
        collector.answer(200, new String(ExportMetricsServiceResponse.newBuilder()
                .setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                        .setRejectedDataPoints(2)
                        .setErrorMessage("out of order"))
                .build()
                .toByteArray(), StandardCharsets.ISO_8859_1));
        measure(run());
        assertThat(warnings).containsExactly("cannot send metrics to " + collector.address()
                + ": 2 figures were refused: out of order");
    }

    private static void measure(OtlpMetrics metrics) {
        metrics.add(Metric.CACHE_REQUESTS, 2, "hit");
        metrics.set(Metric.CACHE_SIZE, 7);
        metrics.record(Metric.PULL, Duration.ofMillis(30), "a", "done");
        metrics.close();
    }

    private OtlpMetrics run() {
        return OtlpMetrics.ofRun(to(collector.address()), "chandlery-manager");
    }

    private OtlpMetrics service(Duration step) {
        return OtlpMetrics.ofService(to(collector.address()), "chandlery-scheduler", "node-1",
                step);
    }

    private OtlpMetrics.Collector to(URI address) {
        return new OtlpMetrics.Collector(address, TransportOptions.of(environment), warnings::add);
    }

    private static NumberDataPoint hits(FakeCollector.Received got) {
        return got.metric("chandlery.cache.requests").getSum().getDataPoints(0);
    }

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }
}
