package dev.chandlery.bench.load;

import java.util.Arrays;

/**
 * What a load got done.
 *
 * @param seconds from the first request to the end of the last answer
 * @param operations requests, pushes or listings, as the load counts
 * @param bytes of content that went over the wire in bodies
 * @param median of the operations' times, in milliseconds
 * @param slow the 99th percentile of them, in milliseconds
 */
public record Work(double seconds, long operations, long bytes, double median, double slow) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SLOW = 0.99;

    static Work of(long nanos, long bytes, long[] operationNanos) {
        long[] sorted = operationNanos.clone();
        Arrays.sort(sorted);
        return new Work(nanos / NANOS_PER_SECOND, sorted.length, bytes, at(sorted, 1 / 2.0), at(
                sorted, SLOW));
    }

    private static double at(long[] sorted, double part) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * part))]
                        / NANOS_PER_MILLI;
    }
}
