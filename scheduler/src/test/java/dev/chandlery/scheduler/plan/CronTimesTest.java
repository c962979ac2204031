package dev.chandlery.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chandlery.config.operation.CronSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimesTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void theScheduleThatPeopleHaveMeansMondayAtSix() {
        CronTimes times = new CronTimes("0 6 * * 1", UTC);

        assertThat(times.expressions()).containsExactly("0 0 6 ? * 2");
        assertThat(times.next(Instant.parse("2026-11-21T14:00:00Z"))).contains(Instant.parse(
                "2026-11-23T06:00:00Z"));
        assertThat(times.next(Instant.parse("2026-11-23T06:00:00Z"))).contains(Instant.parse(
                "2026-11-30T06:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0 6 * * 0|0 0 6 ? * 1", "0 6 * * 7|0 0 6 ? * 1",
            "0 6 * * 6|0 0 6 ? * 7", "0 6 * * 5-7|0 0 6 ? * 1,6,7",
            "*/20 * * * *|0 0,20,40 * * * ?",
            "0 6 1,15 * *|0 0 6 1,15 * ?", "0 6 * jan,7 *|0 0 6 * 1,7 ?",
            "0 0 * * */3|0 0 0 ? * 1,4,7"})
    void oneExpression(String text, String expected) {
        assertThat(new CronTimes(text, UTC).expressions()).containsExactly(expected);
    }

    @Test
    void twoForEitherDay() {
        assertThat(new CronTimes("0 6 13 * 1", UTC).expressions()).containsExactly(
                "0 0 6 13 * ?", "0 0 6 ? * 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 6 * * 1", "*/7 3,9 * * *", "0 6 13 * 5", "30 4 */2 * 1",
            "0 0 29 2 *",
            "15 */6 1-7 * mon", "59 23 31 12 *", "0 12 * 3-5 0,6", "5/20 1 * * *", "0 6 31 * 7"})
    void agreesWithATableOfEveryMinute(String text) {
        CronTimes times = new CronTimes(text, UTC);
        Instant start = Instant.parse("2027-12-20T00:00:00Z");
        Instant end = start.plus(Duration.ofDays(120));
        List<Instant> expected = new ArrayList<>();
        CronSpec spec = CronSpec.parse(text);
        for (Instant at = start.plusSeconds(60); at.isBefore(end); at = at.plusSeconds(60)) {
            ZonedDateTime time = at.atZone(ZoneOffset.UTC);
            if (spec.minutes().contains(time.getMinute()) && spec.hours().contains(time.getHour())
                    && spec.months().contains(time.getMonthValue()) && spec.days().match(time)) {
                expected.add(at);
            }
        }
        List<Instant> found = new ArrayList<>();
        Optional<Instant> next = times.next(start);
        while (next.isPresent() && next.get().isBefore(end)) {
            found.add(next.get());
            next = times.next(next.get());
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void whatNeverComesIsRefused() {
        assertThatThrownBy(() -> new CronTimes("0 0 30 2 *", UTC)).isInstanceOf(
                IllegalArgumentException.class)
                .hasMessageContaining("a day that there is");
        assertThat(new CronTimes("0 0 29 2 *", UTC).next(Instant.parse("2026-01-01T00:00:00Z")))
                .contains(Instant.parse("2028-02-29T00:00:00Z"));
        assertThat(new CronTimes("0 0 30 2 1", UTC).next(Instant.parse("2026-01-01T00:00:00Z")))
                .as("or a Monday of February")
                .contains(Instant.parse("2026-02-02T00:00:00Z"));
    }

    @Test
    void aTimeThatSpringSkipsIsLeftOutAndOneThatComesTwiceRunsOnce() {
        CronTimes times = new CronTimes("30 2 * * *", BERLIN);

        List<Instant> spring = following(times, Instant.parse("2026-03-28T12:00:00Z"), 2);
        assertThat(spring).containsExactly(Instant.parse("2026-03-30T00:30:00Z"), Instant.parse(
                "2026-03-31T00:30:00Z"));

        List<Instant> autumn = following(times, Instant.parse("2026-10-24T12:00:00Z"), 2);
        assertThat(autumn.getFirst()).isBetween(Instant.parse("2026-10-25T00:30:00Z"), Instant
                .parse("2026-10-25T01:30:00Z"));
        assertThat(autumn.getLast()).isEqualTo(Instant.parse("2026-10-26T01:30:00Z"));
    }

    /** The clock shows 2 o'clock never, or twice; the hours of the day go on. */
    @ParameterizedTest
    @CsvSource({"2026-10-24T20:45:00Z,30 * * * *,60", "2026-10-24T20:50:00Z,*/20 * * * *,20",
            "2026-03-28T20:50:00Z,*/20 * * * *,20", "2026-03-28T20:45:00Z,30 * * * *,60"})
    void whatComesEachHourComesEachHourWhenClocksChange(Instant after, String text, long minutes) {
        List<Instant> times = following(new CronTimes(text, BERLIN), after, 20);
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i)).isEqualTo(times.get(i - 1).plusSeconds(60 * minutes));
        }
    }

    @ParameterizedTest
    @CsvSource({"Asia/Kolkata,2026-05-01T00:20:00Z,2026-05-01T00:45:00Z",
            "Australia/Lord_Howe,2026-05-01T00:20:00Z,2026-05-01T00:45:00Z",
            "Europe/Berlin,2026-05-01T00:20:00Z,2026-05-01T01:15:00Z"})
    void minutesAreThoseOfTheZone(ZoneId zone, Instant after, Instant next) {
        assertThat(new CronTimes("15 * * * *", zone).next(after)).contains(next);
    }

    @Test
    void intervalsKnowNoClockChanges() {
        Timing.Every day = new Timing.Every(Duration.ofDays(1));
        Instant before = ZonedDateTime.of(2026, 10, 24, 12, 0, 0, 0, BERLIN).toInstant();
        assertThat(day.next(before, Optional.of(before))).contains(before.plus(Duration.ofHours(
                24)));
    }

    private static List<Instant> following(CronTimes times, Instant after, int count) {
        List<Instant> all = new ArrayList<>();
        Instant from = after;
        for (int i = 0; i < count; i++) {
            from = times.next(from).orElseThrow();
            all.add(from);
        }
        return all;
    }
}
