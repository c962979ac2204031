package dev.chandlery.cli.metrics;

import java.time.Duration;

/**
 * Takes measurements. Values of tags are given in the order in which the {@link Metric} names its tags.
 *
 * <p><b>Concurrency:</b> all methods may be called by any thread, and return at once.
 */
public interface Metrics {
    /** Measures nothing. */
    Metrics NONE = new Metrics() {
        @Override
        public void add(Metric metric, long amount, String... tags) {}

        @Override
        public void record(Metric metric, Duration duration, String... tags) {}

        @Override
        public void set(Metric metric, double value, String... tags) {}
    };

    /** Adds to a counter; what is not above zero changes nothing. */
    void add(Metric metric, long amount, String... tags);

    /** Records how long something took. */
    void record(Metric metric, Duration duration, String... tags);

    /** Sets a gauge. */
    void set(Metric metric, double value, String... tags);

    /**
     * Shows a counter or timer from now on, from zero where nothing was counted yet: whoever looks for a growth does not
     * see the first event of a series that begins with it.
     */
    default void expect(Metric metric, String... tags) {}
}
