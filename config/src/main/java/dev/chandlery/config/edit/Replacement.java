package dev.chandlery.config.edit;

import java.util.Comparator;
import java.util.List;

/**
 * A piece of a text and what comes in its place.
 *
 * @param start index of its first character
 * @param end index behind its last; the start for what is inserted
 * @param text new
 */
record Replacement(int start, int end, String text) {

    /** The text with all replacements made, which must not overlap. */
    static String apply(String text, List<Replacement> replacements) {
        StringBuilder changed = new StringBuilder(text);
        replacements.stream()
                .sorted(Comparator.comparingInt(Replacement::start).reversed())
                .forEach(each -> changed.replace(each.start(), each.end(), each.text()));
        return changed.toString();
    }
}
