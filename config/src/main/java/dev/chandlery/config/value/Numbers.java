package dev.chandlery.config.value;

import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.NumberType;
import dev.chandlery.config.yaml.NumberType.Range;
import dev.chandlery.config.yaml.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers that sections of several packages have. */
public final class Numbers {
    /** Bytes in a GiB, which is what the file means by GB. */
    public static final long GB = 1024L * 1024 * 1024;
    /** Most days that anything is kept, a hundred years. */
    public static final int MOST_DAYS = 36_500;

    private static final int FRACTION_DIGITS = 9;
    private static final int MOST_GB = 1_000_000;

    private Numbers() {}

    /** A time, written as a whole number of a unit that the key names. */
    public static NumberType<Duration> times(ChronoUnit unit, int least, int most) {
        String word = unit == ChronoUnit.MILLIS ? "milliseconds" : unit.toString();
        return new NumberType<>(new Range(least, most, false, word.toLowerCase(
                Locale.ROOT)), number -> unit.getDuration()
                        .multipliedBy((long) number), time -> time.dividedBy(unit.getDuration()));
    }

    public static NumberType<Duration> seconds(int least, int most) {
        return times(ChronoUnit.SECONDS, least, most);
    }

    /** Bytes, written in GiB with or without a fraction. */
    public static NumberType<Long> gibibytes() {
        return new NumberType<>(new Range(0, MOST_GB, true, "GiB"), gb -> (long) (gb * GB),
                Numbers::shown);
    }

    /** A size that would mean nothing as 0, which elsewhere is no limit. */
    public static long aboveZero(Values values, Key<?, Long> size) {
        long bytes = values.get(size);
        if (bytes == 0) {
            throw values.invalid(size, "expected more than 0 (GiB)");
        }
        return bytes;
    }

    /** Rounded up to what can be written in the file, so that it reads back as the same bytes. */
    private static Number shown(long bytes) {
        BigDecimal value = BigDecimal.valueOf(bytes)
                .divide(BigDecimal.valueOf(GB), FRACTION_DIGITS, RoundingMode.CEILING)
                .stripTrailingZeros();
        return value.scale() <= 0 ? (Number) value.longValueExact() : value;
    }
}
