package dev.chandlery.scheduler.command;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write and read them. */
final class TimeText {
    private static final Pattern AGE = Pattern.compile("(\\d{1,6})([smhdw])");

    private TimeText() {}

    /**
     * A time ago, a day, or an instant.
     *
     * @throws CommandException when it is none of them
     */
    static Instant since(String text, Instant now) {
        Matcher age = AGE.matcher(text);
        if (age.matches()) {
            long count = Long.parseLong(age.group(1));
            return now.minus(switch (age.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case "d" -> Duration.ofDays(count);
                default -> Duration.ofDays(7 * count);
            });
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
        } catch (DateTimeException e) {
            throw new CommandException(ExitCode.USAGE,
                    "expected a time ago such as 12h or 7d, a day"
                            + " such as 2026-01-31, or 2026-01-31T06:00:00Z, found '" + text + "'");
        }
    }

    static String of(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String of(Duration time) {
        if (time.toMillis() < 1_000) {
            return time.toMillis() + " ms";
        }
        if (time.toMinutes() < 2) {
            return time.toSeconds() + " s";
        }
        return time.toHours() < 2 ? time.toMinutes() + " min" : time.toHours() + " h";
    }
}
