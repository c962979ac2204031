package dev.chandlery.cli.metrics;

import java.time.Duration;
import java.util.List;

/**
 * Measurements that go to several places.
 *
 * @param sinks each gets all
 */
public record MetricsOfAll(List<Metrics> sinks) implements Metrics {
    public MetricsOfAll {
        sinks = List.copyOf(sinks);
    }

    @Override
    public void add(Metric metric, long amount, String... tags) {
        sinks.forEach(sink -> sink.add(metric, amount, tags));
    }

    @Override
    public void record(Metric metric, Duration duration, String... tags) {
        sinks.forEach(sink -> sink.record(metric, duration, tags));
    }

    @Override
    public void set(Metric metric, double value, String... tags) {
        sinks.forEach(sink -> sink.set(metric, value, tags));
    }

    @Override
    public void expect(Metric metric, String... tags) {
        sinks.forEach(sink -> sink.expect(metric, tags));
    }
}
