package dev.chandlery.config.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronSpecTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1|[1]", "0|[0]", "7|[0]", "5-7|[0, 5, 6]",
            "0-2|[0, 1, 2]",
            "*/2|[0, 2, 4, 6]", "mon-fri|[1, 2, 3, 4, 5]", "Sun,sat|[0, 6]", "1/2|[1, 3, 5]",
            "*|[0, 1, 2, 3, 4, 5, 6]"})
    void daysOfWeek(String field, String expected) {
        assertThat(CronSpec.parse("0 6 * * " + field).days().ofWeek()).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"*/20|[0, 20, 40]", "5/25|[5, 30, 55]", "1-9/4|[1, 5, 9]",
            "59,0|[0, 59]"})
    void minutes(String field, String expected) {
        assertThat(CronSpec.parse(field + " 6 * * 1").minutes()).hasToString(expected);
    }

    @Test
    void oneDayFieldIsEnoughWhenBothAreRestricted() {
        ZonedDateTime monday = ZonedDateTime.of(2026, 6, 1, 6, 0, 0, 0, ZoneOffset.UTC);

        CronSpec either = CronSpec.parse("0 6 13 * 1");
        assertThat(either.days().match(monday)).isTrue();
        assertThat(either.days().match(monday.withDayOfMonth(13))).isTrue();
        assertThat(either.days().match(monday.withDayOfMonth(14))).isFalse();

        CronSpec both = CronSpec.parse("0 6 */2 * 1");
        assertThat(both.days().match(monday)).isTrue();
        assertThat(both.days().match(monday.withDayOfMonth(8))).isFalse();
        assertThat(both.days().match(monday.withDayOfMonth(3))).isFalse();
    }
}
