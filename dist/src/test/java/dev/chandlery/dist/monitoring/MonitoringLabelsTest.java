package dev.chandlery.dist.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.cli.metrics.Metric;
import dev.chandlery.config.operation.JobKind;
import dev.chandlery.dist.monitoring.Question.Condition;
import dev.chandlery.dist.monitoring.Question.Selector;
import dev.chandlery.manager.health.TargetHealth;
import dev.chandlery.scheduler.job.Result;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A label that no series has, or a value that none ever has, makes an empty panel and an alert that never comes. */
class MonitoringLabelsTest {
    /** Values that a label may have, of the metrics that dashboard and rules ask for by value. */
    private static final Map<String, List<String>> VALUES = Map.of("JOBS result", labels(Result
            .values(), Result::label), "ALERTS result", List.of("sent", "failed"),
            "CACHE_REQUESTS result", List.of("hit", "miss"), "CACHE_BYTES result", List.of("hit",
                    "miss"), "TARGET_WANTED target", labels(TargetHealth.Kind.values(),
                            TargetHealth.Kind::label), "JOB_LAST_SUCCESS task", labels(JobKind
                                    .values(), JobKind::label), "RUN_LAST_SUCCESS command", List.of(
                                            "publisher"), "HTTP_REQUESTS role", List.of("registry",
                                                    "upstream"), "HTTP_REQUESTS status", List.of(
                                                            "200", "404", "500", "503"));

    private static <T> List<String> labels(T[] all, Function<T, String> label) {
        return Arrays.stream(all).map(label).toList();
    }

    @Test
    void everyLabelIsOneOfItsMetric() throws IOException {
        int checked = 0;
        for (Question question : Question.all()) {
            for (Selector selector : question.selectors()) {
                Optional<Metric> metric = metric(selector.name());
                if (metric.isPresent()) { // the registry's own are looked at in a scrape
                    Set<String> known = new TreeSet<>(metric.get().tags());
                    if (selector.name().endsWith("_bucket")) {
                        known.add("le");
                    }
                    Set<String> asked = new TreeSet<>(selector.groupedBy());
                    selector.conditions().forEach(condition -> asked.add(condition.label()));
                    assertThat(known).as(question.where()).containsAll(asked);
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(40);
    }

    @Test
    void everyValueIsOneThatThereIs() throws IOException {
        int checked = 0;
        for (Question question : Question.all()) {
            for (Selector selector : question.selectors()) {
                Optional<Metric> metric = metric(selector.name());
                if (metric.isPresent()) {
                    for (Condition condition : selector.conditions()) {
                        checkValue(question, metric.get(), condition);
                        checked++;
                    }
                }
            }
        }
        assertThat(checked).isGreaterThan(8);
    }

    private static void checkValue(Question question, Metric metric, Condition condition) {
        List<String> values = VALUES.getOrDefault(metric + " " + condition.label(), List.of());
        // each part of an alternative, or it is there for nothing
        assertThat(condition.value().split("\\|")).as("%s: %s of %s", question.where(), condition,
                metric).allMatch(part -> values.stream().anyMatch(value -> value.matches(part)));
    }

    @Test
    void whatIsShownIsLeftAfterSummingUp() throws IOException {
        int checked = 0;
        for (Question question : Question.all()) {
            for (String shown : question.shown()) {
                assertThat(question.selectors()).as(question.where())
                        .anySatisfy(
                                selector -> assertThat(left(question, selector)).contains(shown));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(20);
    }

    private static Set<String> left(Question question, Selector selector) {
        return question.expression().contains("by (")
                ? selector.groupedBy()
                : metric(selector.name()).<Set<String>>map(metric -> new TreeSet<>(metric.tags()))
                        .orElse(Set.of());
    }

    private static Optional<Metric> metric(String series) {
        return Arrays.stream(Metric.values())
                .filter(metric -> metric.series().contains(series))
                .findFirst();
    }
}
