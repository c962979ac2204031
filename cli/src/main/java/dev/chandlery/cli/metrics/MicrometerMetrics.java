package dev.chandlery.cli.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Measurements kept by Micrometer. A metric has at most {@value #MOST_SERIES} combinations of tags; what comes
 * beyond is counted under {@code other}, so that no upstream can fill the memory of who watches.
 */
public sealed class MicrometerMetrics implements Metrics, AutoCloseable
        permits
        PrometheusMetrics,
        OtlpMetrics {
    static final int MOST_SERIES = 500;
    static final String OTHER = "other";
    private static final int MOST_CHARACTERS = 120;

    private record Series(Metric metric, List<String> tags) {}

    private final MeterRegistry meters;
    private final Map<Series, Object> known = new ConcurrentHashMap<>();
    private final Map<Metric, AtomicInteger> sizes = new EnumMap<>(Metric.class);

    public MicrometerMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (Metric metric : Metric.values()) {
            sizes.put(metric, new AtomicInteger());
        }
    }

    @Override
    public void add(Metric metric, long amount, String... tags) {
        require(metric, Metric.Kind.COUNTER, tags);
        if (amount > 0) {
            find(Counter.class, metric, tags, this::counter).increment((double) amount);
        }
    }

    @Override
    public void record(Metric metric, Duration duration, String... tags) {
        require(metric, Metric.Kind.TIMER, tags);
        find(Timer.class, metric, tags, this::timer).record(duration);
    }

    @Override
    public void set(Metric metric, double value, String... tags) {
        require(metric, Metric.Kind.GAUGE, tags);
        find(Value.class, metric, tags, this::gauge).now.set(value);
    }

    @Override
    public void expect(Metric metric, String... tags) {
        require(metric, metric.kind(), tags);
        switch (metric.kind()) {
            case COUNTER -> find(Counter.class, metric, tags, this::counter);
            case TIMER -> find(Timer.class, metric, tags, this::timer);
            case GAUGE -> throw new IllegalArgumentException(metric.id() + " has no zero");
        }
    }

    /** What a gauge shows. */
    private record Value(AtomicReference<Double> now) {}

    private static void require(Metric metric, Metric.Kind kind, String... tags) {
        if (metric.kind() != kind || metric.tags().size() != tags.length) {
            throw new IllegalArgumentException("expected a " + metric.kind() + " with tags "
                    + metric.tags() + " for " + metric.id() + ", got a " + kind + " with "
                    + Arrays.toString(tags));
        }
    }

    private <T> T find(Class<T> type, Metric metric, String[] tags, Function<Series, T> maker) {
        Series series = new Series(metric, Arrays.stream(tags)
                .map(MicrometerMetrics::bounded)
                .toList());
        Object found = known.get(series);
        if (found == null) {
            Series admitted = admit(series);
            found = known.computeIfAbsent(admitted, maker);
        }
        return type.cast(found);
    }

    /** The series itself, or the one that stands for all that are too many. */
    private Series admit(Series series) {
        AtomicInteger size = sizes.getOrDefault(series.metric(), new AtomicInteger());
        return size.getAndIncrement() < MOST_SERIES
                ? series
                : new Series(series.metric(), series.tags().stream().map(_ -> OTHER).toList());
    }

    private static String bounded(String value) {
        String text = value.length() <= MOST_CHARACTERS
                ? value
                : value.substring(0, MOST_CHARACTERS);
        return text.isEmpty() ? "none" : text;
    }

    private static List<Tag> tags(Series series) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < series.tags().size(); i++) {
            tags.add(Tag.of(series.metric().tags().get(i), series.tags().get(i)));
        }
        return tags;
    }

    private Counter counter(Series series) {
        return Counter.builder(series.metric().id())
                .description(series.metric().description())
                .baseUnit(unit(series.metric()))
                .tags(tags(series))
                .register(meters);
    }

    private Timer timer(Series series) {
        return Timer.builder(series.metric().id())
                .description(series.metric().description())
                .serviceLevelObjectives(Metric.buckets().toArray(Duration[]::new))
                .tags(tags(series))
                .register(meters);
    }

    private Value gauge(Series series) {
        Value value = new Value(new AtomicReference<>(0.0));
        Gauge.builder(series.metric().id(), value, v -> v.now().get())
                .description(series.metric().description())
                .baseUnit(unit(series.metric()))
                .tags(tags(series))
                .strongReference(true)
                .register(meters);
        return value;
    }

    /** Ends the registry; what it sends, it sends now. */
    @Override
    public void close() {
        meters.close();
    }

    private static @Nullable String unit(Metric metric) {
        return metric.unit().isEmpty() ? null : metric.unit();
    }
}
