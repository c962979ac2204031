package dev.chandlery.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure of a {@link Sample}.
 *
 * @param key its name in JSON
 * @param heading of its column, with the unit
 * @param decimals that are shown
 */
record Measure(String key, String heading, int decimals, ToDoubleFunction<Sample> value) {
    static final Measure RATE = new Measure("rate", "op/s", 0, Sample::rate);
    static final Measure MEGABYTES = new Measure("megabytesPerSecond", "MB/s", 1,
            Sample::megabytesPerSecond);
    static final Measure CPU_PER_GIGABYTE = new Measure("cpuSecondsPerGigabyte", "CPU s/GB", 2,
            Sample::cpuPerGigabyte);
    static final Measure MEDIAN = new Measure("medianMillis", "p50 ms", 2, s -> s.work()
            .median());
    static final Measure PEAK = new Measure("peakResidentMebibytes", "RSS MiB", 0,
            Sample::peakMebibytes);

    /** All, in the order of the columns. */
    static final List<Measure> ALL = List.of(RATE, MEGABYTES, new Measure(
            "cpuMicrosPerOperation", "CPU us/op", 0, Sample::cpuMicros), CPU_PER_GIGABYTE, MEDIAN,
            new Measure("slowMillis", "p99 ms", 2, s -> s.work().slow()), PEAK);

    double of(Sample sample) {
        return value.applyAsDouble(sample);
    }

    /** The middle of the samples' figures; of an even number the mean of the two. 0 of none. */
    double median(List<Sample> samples) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1
                ? sorted[middle]
                : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
