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

    /** Insertions, deletions, replacements and swaps of neighbours that make one of the other. */
    static int distance(String left, String right) {
        if (Math.abs(left.length() - right.length()) > 4) {
            return Integer.MAX_VALUE;
        }
        int[][] rows = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : cheapest(rows, i, j, left, right);
            }
        }
        return rows[left.length()][right.length()];
    }

    private static int cheapest(int[][] rows, int i, int j, String left, String right) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int cost = Math.min(rows[i - 1][j - 1] + (same ? 0 : 1), Math.min(rows[i - 1][j],
                rows[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(cost, rows[i - 2][j - 2] + 1) : cost;
    }
}
