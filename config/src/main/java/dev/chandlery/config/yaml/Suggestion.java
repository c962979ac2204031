package dev.chandlery.config.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt word was meant to be. */
public final class Suggestion {

    private Suggestion() {}

    /** The nearest candidate by edit distance, or empty when none is near. */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        String lower = word.toLowerCase(Locale.ROOT).replace('-', '_');
        return candidates.stream()
                .filter(c -> distance(lower, normal(c)) <= limit(lower))
                .min(Comparator.comparingInt((String c) -> distance(lower, normal(c)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code , did you mean X?}, or empty. */
    static String phrase(String word, Collection<String> candidates) {
        return nearest(word, candidates).map(near -> ", did you mean " + near + "?").orElse("");
    }

    private static String normal(String candidate) {
        return candidate.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    private static int limit(String word) {
        return Math.max(1, Math.min(word.length() / 3, 4));
    }

    /** Levenshtein's distance: insertions, deletions and replacements. */
    static int distance(String left, String right) {
        if (Math.abs(left.length() - right.length()) > 4) {
            return Integer.MAX_VALUE;
        }
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            previous = nextRow(previous, left.charAt(i - 1), right, i);
        }
        return previous[right.length()];
    }

    private static int[] nextRow(int[] previous, char left, String right, int i) {
        int[] row = new int[previous.length];
        row[0] = i;
        for (int j = 1; j < row.length; j++) {
            int replace = previous[j - 1] + (left == right.charAt(j - 1) ? 0 : 1);
            row[j] = Math.min(replace, Math.min(previous[j], row[j - 1]) + 1);
        }
        return row;
    }
}
