package dev.chandlery.config.operation;

import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A cron expression of five fields, as the sets of values that it stands for.
 *
 * <p>As in cron: where neither day field starts with {@code *}, a day needs to match one of them only;
 * else both. 0 and 7 are Sunday.
 *
 * @param minutes 0 to 59
 * @param hours 0 to 23
 * @param months 1 to 12
 * @param days of month and week
 */
public record CronSpec(SortedSet<Integer> minutes, SortedSet<Integer> hours,
        SortedSet<Integer> months, Days days) {

    /**
     * Which days.
     *
     * @param ofMonth 1 to 31
     * @param ofWeek 0, Sunday, to 6
     * @param either whether one of both is enough
     */
    public record Days(SortedSet<Integer> ofMonth, SortedSet<Integer> ofWeek, boolean either) {

        public Days {
            ofMonth = fixed(ofMonth);
            ofWeek = fixed(ofWeek);
        }

        /** Whether a day is one of them. */
        public boolean match(ZonedDateTime time) {
            boolean month = ofMonth.contains(time.getDayOfMonth());
            boolean week = ofWeek.contains(time.getDayOfWeek().getValue() % 7);
            return either ? month || week : month && week;
        }
    }

    public CronSpec {
        minutes = fixed(minutes);
        hours = fixed(hours);
        months = fixed(months);
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException naming the field that is wrong
     */
    public static CronSpec parse(String text) {
        List<String> fields = List.of(Schedule.parse(text).split(" ", -1));
        SortedSet<Integer> week = new TreeSet<>();
        Schedule.values(4, fields.get(4)).forEach(day -> week.add(day % 7));
        boolean either = !fields.get(2).startsWith("*") && !fields.get(4).startsWith("*");
        return new CronSpec(Schedule.values(0, fields.get(0)), Schedule.values(1, fields.get(1)),
                Schedule.values(3, fields.get(3)), new Days(Schedule.values(2, fields.get(2)), week,
                        either));
    }

    private static SortedSet<Integer> fixed(SortedSet<Integer> values) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }
}
