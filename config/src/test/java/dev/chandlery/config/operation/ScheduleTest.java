package dev.chandlery.config.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    @ParameterizedTest
    @ValueSource(strings = {"0 6 * * 1", "*/5 0-6,8 1 jan-DEC Mon,7", "0,30 */2 1-31/2 12 0",
            "59 23 31 12 sun"})
    void accepts(String text) {
        assertThat(Schedule.parse(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0 6 * *|five cron fields", "0 6 * * 1 2|five cron fields",
            "60 6 * * 1|minute from 0 to 59", "0 24 * * 1|hour from 0 to 23",
            "0 6 0 * 1|day of month from 1", "0 6 * 13 1|month from 1 to 12",
            "0 6 * * 8|day of week from 0 to 7", "a b c d e|minute", "5-1 6 * * *|minute",
            "*/0 6 * * *|minute", "1,,2 6 * * *|minute", "1-2-3 6 * * *|minute",
            "1/2/3 6 * * *|minute", "- 6 * * *|minute", "@daily|five cron fields",
            "+1 6 * * *|minute", "0 6 * * monday|day of week"})
    void refuses(String text, String expected) {
        assertThatThrownBy(() -> Schedule.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }
}
