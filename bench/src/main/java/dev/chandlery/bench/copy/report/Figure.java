package dev.chandlery.bench.copy.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure of a {@link CopySample}.
 *
 * @param key its name in JSON
 * @param heading of its column, with the unit
 * @param decimals that are shown
 */
record Figure(String key, String heading, int decimals, ToDoubleFunction<CopySample> value) {
    static final Figure WALL = new Figure("wallSeconds", "wall s", 2, CopySample::seconds);
    static final Figure REQUESTS = new Figure("requests", "requests", 0, CopySample::requestCount);
    static final Figure CPU_PER_GIGABYTE = new Figure("cpuSecondsPerGigabyte", "CPU s/GB", 2,
            CopySample::cpuPerGigabyte);

    /** All, in the order of the columns. */
    static final List<Figure> ALL = List.of(WALL, new Figure("cpuSeconds", "CPU s", 2,
            CopySample::cpuSeconds), new Figure("peakResidentMebibytes", "RSS MiB", 0,
                    CopySample::peakMebibytes), REQUESTS, new Figure("fetchedMegabytes",
                            "MB", 1, CopySample::megabytes));

    /** The middle of the samples' figures; of an even number the mean of the two. 0 of none. */
    double median(List<CopySample> samples) {
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
