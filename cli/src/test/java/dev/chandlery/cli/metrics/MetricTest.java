package dev.chandlery.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalogue says how Prometheus knows each metric, and the number of series has an end. */
class MetricTest {

    private final PrometheusMetrics metrics = PrometheusMetrics.ofRun();

    @ParameterizedTest
    @EnumSource
    void isScrapedUnderTheNamesThatItStates(Metric metric) {
        record(metric, "some");
        List<String> names = metrics.scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .distinct()
                .toList();
        assertThat(names).containsExactlyInAnyOrderElementsOf(metric.series());
        assertThat(metrics.scrape()).contains("# HELP").contains(metric.description());
        metric.tags().forEach(tag -> assertThat(metrics.scrape()).contains(tag + "=\"some\""));
    }

    @Test
    void seriesBeyondTheLimitAreCountedTogether() {
        for (int i = 0; i < MicrometerMetrics.MOST_SERIES + 10; i++) {
            metrics.add(Metric.ARTIFACTS_FAILED, 1, "tool" + i);
        }
        List<String> lines = metrics.scrape().lines().filter(l -> !l.startsWith("#")).toList();
        assertThat(lines).hasSize(MicrometerMetrics.MOST_SERIES + 1)
                .contains("chandlery_artifacts_failed_total{tool=\"other\"} 10.0");
    }

    @Test
    void hostileValuesStayInsideTheirLabel() {
        metrics.add(Metric.ARTIFACTS_FAILED, 1, "a\"} 1\nforged_total{x=\"" + "y".repeat(500));
        assertThat(metrics.scrape().lines().filter(l -> l.startsWith("forged"))).isEmpty();
        assertThat(metrics.scrape()).doesNotContain("y".repeat(121));
    }

    @Test
    void wrongTagsAreRefused() {
        assertThatThrownBy(() -> metrics.add(Metric.ARTIFACTS_FAILED, 1)).hasMessageContaining(
                "expected a COUNTER with tags [tool]");
        assertThatThrownBy(() -> metrics.set(Metric.PULL, 1, "a", "b")).hasMessageContaining(
                "chandlery.pull.duration");
    }

    @Test
    void nothingIsAddedForNothing() {
        metrics.add(Metric.CACHE_REQUESTS, 0, "hit");
        metrics.add(Metric.CACHE_REQUESTS, -1, "hit");
        assertThat(metrics.scrape()).isEmpty();
    }

    private void record(Metric metric, String value) {
        String[] tags = new String[metric.tags().size()];
        Arrays.fill(tags, value);
        switch (metric.kind()) {
            case COUNTER -> metrics.add(metric, 1, tags);
            case GAUGE -> metrics.set(metric, 1, tags);
            case TIMER -> metrics.record(metric, Duration.ofMillis(10), tags);
        }
    }
}
