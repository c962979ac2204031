package dev.chandlery.registry.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as registry.yaml has them: {@code 90s}, {@code 15m}, {@code 24h}, {@code 30d}. */
final class DurationText implements ITypeConverter<Duration> {
    private static final Pattern FORMAT = Pattern.compile("(\\d{1,9})([smhd])");

    @Override
    public Duration convert(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            throw new TypeConversionException("'" + text
                    + "' is not a duration, such as 90s, 15m, 24h or 30d");
        }
        long count = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
