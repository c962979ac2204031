package dev.chandlery.config.operation;

import java.time.Month;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks cron expressions of five fields: minute, hour, day of month, month, day of week. */
public final class Schedule {

    /** Values of one field; names stand for {@code least} and the numbers that follow. */
    private record Field(String name, int least, int most, List<String> names) {}

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final List<Field> FIELDS = List.of(new Field("minute", 0, 59, List.of()),
            new Field("hour", 0, 23, List.of()), new Field("day of month", 1, 31, List.of()),
            new Field("month", 1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul",
                    "aug", "sep", "oct", "nov", "dec")),
            new Field("day of week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri",
                    "sat")));

    private static final int DAY = 2;
    private static final int MONTH = 3;
    private static final int WEEKDAY = 4;

    private Schedule() {}

    /**
     * The expression with single spaces.
     *
     * @throws IllegalArgumentException naming the field that is wrong
     */
    public static String parse(String text) {
        List<String> parts = List.of(SPACE.split(text.strip(), -1));
        if (parts.size() != FIELDS.size()) {
            throw new IllegalArgumentException(
                    "expected five cron fields: minute, hour, day of month, month, day of week");
        }
        for (int i = 0; i < parts.size(); i++) {
            checkField(FIELDS.get(i), parts.get(i));
        }
        if (isNever(parts)) {
            throw new IllegalArgumentException("expected a day that there is, got day " + parts.get(
                    DAY) + " of month " + parts.get(MONTH));
        }
        return String.join(" ", parts);
    }

    /** As on 30 February; a day of the week comes every week. */
    private static boolean isNever(List<String> parts) {
        boolean either = !parts.get(DAY).startsWith("*") && !parts.get(WEEKDAY).startsWith("*");
        SortedSet<Integer> days = values(DAY, parts.get(DAY));
        return !either && values(MONTH, parts.get(MONTH)).stream()
                .noneMatch(month -> days.first() <= Month.of(month).maxLength());
    }

    /** What a field that was checked stands for; the day of week 7 stays 7. */
    static SortedSet<Integer> values(int index, String text) {
        Field field = FIELDS.get(index);
        SortedSet<Integer> values = new TreeSet<>();
        for (String item : text.split(",", -1)) {
            String[] rangeAndStep = item.split("/", -1);
            String[] ends = rangeAndStep[0].split("-", -1);
            boolean all = ends[0].equals("*");
            boolean stepped = rangeAndStep.length > 1;
            int first = all ? field.least : number(field, ends[0]);
            // 5/10 goes on to the end, as 5-59/10 does; a second name of Sunday is not one more day
            int end = field.names.contains("sun") ? field.most - 1 : field.most;
            int last = all || (stepped && ends.length == 1)
                    ? end
                    : number(field, ends[ends.length - 1]);
            int step = stepped ? digits(rangeAndStep[1]) : 1;
            for (int value = first; value <= last; value += step) {
                values.add(value);
            }
        }
        return values;
    }

    private static void checkField(Field field, String text) {
        for (String item : text.split(",", -1)) {
            String[] rangeAndStep = item.split("/", -1);
            boolean fine = rangeAndStep.length <= 2 && isRange(field, rangeAndStep[0])
                    && (rangeAndStep.length == 1 || isStep(field, rangeAndStep[1]));
            if (!fine) {
                throw new IllegalArgumentException("expected a " + field.name + " from "
                        + field.least + " to " + field.most
                        + ", *, or a list, range or step of it");
            }
        }
    }

    private static boolean isRange(Field field, String text) {
        if (text.equals("*")) {
            return true;
        }
        String[] ends = text.split("-", -1);
        int first = number(field, ends[0]);
        int last = number(field, ends[ends.length - 1]);
        return ends.length <= 2 && first >= field.least && last <= field.most && first <= last;
    }

    private static boolean isStep(Field field, String text) {
        int step = digits(text);
        return step >= 1 && step <= field.most;
    }

    /** A field's number or name as a number, -1 when it is neither. */
    private static int number(Field field, String text) {
        int index = field.names.indexOf(text.toLowerCase(Locale.ROOT));
        return index >= 0 ? field.least + index : digits(text);
    }

    private static int digits(String text) {
        boolean fine = !text.isEmpty() && text.length() <= 2
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return fine ? Integer.parseInt(text) : -1;
    }
}
