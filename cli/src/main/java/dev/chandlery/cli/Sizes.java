package dev.chandlery.cli;

import java.time.Duration;
import java.util.Locale;

/** Sizes and durations as people read them. */
public final class Sizes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int STEP = 1024;
    private static final int MILLIS_PER_SECOND = 1000;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;

    private Sizes() {}

    /** Such as {@code 9.7 MiB}; one digit behind the point above bytes. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** Such as {@code 340 ms}, {@code 12.4 s}, {@code 3 m 20 s} or {@code 26 h 5 m}. */
    public static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < MILLIS_PER_SECOND) {
            return millis + " ms";
        }
        long seconds = duration.toSeconds();
        if (seconds < SECONDS_PER_MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", millis / (double) MILLIS_PER_SECOND);
        }
        if (seconds >= SECONDS_PER_HOUR) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " m";
        }
        return seconds / SECONDS_PER_MINUTE + " m " + seconds % SECONDS_PER_MINUTE + " s";
    }
}
