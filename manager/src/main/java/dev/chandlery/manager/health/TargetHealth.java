package dev.chandlery.manager.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.metrics.Metric;
import dev.chandlery.cli.metrics.Metrics;
import dev.chandlery.cli.metrics.Sample;
import dev.chandlery.config.operation.PerformanceTargets;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A target of {@code performance_targets}, compared with what was measured since {@code metrics_retention_days}.
 *
 * @param kind which one
 * @param wanted percent, or milliseconds
 * @param actual the same; empty while nothing was measured
 * @param samples how many health checks, pulls or blobs it was computed from
 */
public record TargetHealth(Kind kind, double wanted, Optional<Double> actual, long samples) {
    private static final double HUNDRED = 100;
    /** Pulls that must be within the target, of 100. */
    private static final int PULLS_WITHIN = 95;

    /** The targets there are. */
    public enum Kind {
        /** Share of health checks of the primary registry that found it well. */
        AVAILABILITY("availability_pct", "availability", "% of the last %d health checks"),
        /** Share of blobs that pulls found in the cache. */
        CACHE_HITS("cache_hit_pct", "cache hits", "% of %d blobs"),
        /** Time within which 95 of 100 pulls are done. */
        PULL_TIME("pull_time_ms", "pull time", "ms for 95 of 100 of %d pulls");

        private final String label;
        private final String words;
        private final String measured;

        Kind(String label, String words, String measured) {
            this.label = label;
            this.words = words;
            this.measured = measured;
        }

        /** As people name it. */
        public String words() {
            return words;
        }

        /** As JSON and metrics name it. */
        public String label() {
            return label;
        }

        /** Whether less is better. */
        boolean isTime() {
            return this == PULL_TIME;
        }
    }

    /** All targets, in the order of their names. */
    static List<TargetHealth> of(PerformanceTargets targets, List<Sample> samples) {
        return List.of(availability(targets, samples), hits(targets, samples), pulls(targets,
                samples));
    }

    private static TargetHealth availability(PerformanceTargets targets, List<Sample> samples) {
        List<Sample.Health> checks = only(Sample.Health.class, samples).toList();
        long up = checks.stream().filter(Sample.Health::up).count();
        return new TargetHealth(Kind.AVAILABILITY, targets.availabilityTargetPercent(), percent(up,
                checks.size()), checks.size());
    }

    private static TargetHealth hits(PerformanceTargets targets, List<Sample> samples) {
        long hits = only(Sample.Pull.class, samples).mapToLong(Sample.Pull::hits).sum();
        long all = hits + only(Sample.Pull.class, samples).mapToLong(Sample.Pull::misses).sum();
        return new TargetHealth(Kind.CACHE_HITS, targets.cacheHitTargetPercent(), percent(hits,
                all), all);
    }

    private static TargetHealth pulls(PerformanceTargets targets, List<Sample> samples) {
        List<Long> times = new ArrayList<>(only(Sample.Pull.class, samples).filter(
                Sample.Pull::done).map(pull -> pull.duration().toMillis()).sorted().toList());
        Optional<Double> within = times.isEmpty()
                ? Optional.empty()
                : Optional.of((double) times.get((times.size() * PULLS_WITHIN + (int) HUNDRED - 1)
                        / (int) HUNDRED - 1));
        return new TargetHealth(Kind.PULL_TIME, targets.pullTimeout().toMillis(), within, times
                .size());
    }

    private static <T extends Sample> Stream<T> only(Class<T> kind, List<Sample> samples) {
        return samples.stream().filter(kind::isInstance).map(kind::cast);
    }

    private static Optional<Double> percent(long part, long all) {
        return all == 0 ? Optional.empty() : Optional.of(HUNDRED * part / all);
    }

    /** Empty while nothing was measured. */
    public Optional<Boolean> met() {
        return actual.map(value -> kind.isTime() ? value <= wanted : value >= wanted);
    }

    /** For people, such as {@code 99.95 % of the last 288 health checks, wanted 99.9 % or more}. */
    public String measured() {
        String is = actual.map(value -> rounded(value) + " " + kind.measured.replace("%d", Long
                .toString(samples))).orElse("nothing measured yet");
        return is + ", wanted " + rounded(wanted) + (kind.isTime()
                ? " ms or less"
                : " % or more");
    }

    /** {@link #measured} with the target's name in front, and whether it is missed. */
    public String text() {
        return kind.words + ": " + measured() + (met().orElse(true) ? "" : " - MISSED");
    }

    private static String rounded(double value) {
        return decimal(value).toPlainString();
    }

    private static BigDecimal decimal(double value) {
        BigDecimal stripped = BigDecimal.valueOf(value)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    void describe(ObjectNode targets) {
        ObjectNode node = targets.putObject(kind.label()).put("wanted", decimal(wanted));
        actual.ifPresent(value -> node.put("actual", decimal(value)));
        node.put("samples", samples);
        met().ifPresent(met -> node.put("met", met));
    }

    void measure(Metrics metrics) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        metrics.set(Metric.TARGET_WANTED, wanted, name);
        actual.ifPresent(value -> metrics.set(Metric.TARGET_ACTUAL, value, name));
        met().ifPresent(met -> metrics.set(Metric.TARGET_MET, met ? 1 : 0, name));
    }
}
