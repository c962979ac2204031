package dev.chandlery.upstream.release;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Beginnings of versions. */
final class Series {
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?:[.-]\\d+)?");

    private Series() {}

    /** The first number and the first two of a text that begins with one, without the text itself. */
    static List<String> of(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        List<String> series = new ArrayList<>();
        if (matcher.lookingAt()) {
            for (String start : List.of(matcher.group(1), matcher.group())) {
                if (!series.contains(start) && !start.equals(text)) {
                    series.add(start);
                }
            }
        }
        return List.copyOf(series);
    }
}
