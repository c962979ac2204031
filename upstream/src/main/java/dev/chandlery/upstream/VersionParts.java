package dev.chandlery.upstream;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a version is made of: numbers and words in the order they stand, and an end. The order of two versions
 * is that of dictionaries over parts that are in a total order themselves, so that it is one too: a word that
 * announces a release is before the end, every other word after it, and numbers are the last.
 *
 * @param main up to {@code +}, with the end
 * @param build behind it, with the end
 */
record VersionParts(List<Part> main, List<Part> build) implements Comparable<VersionParts> {
    private static final Pattern PART = Pattern.compile("\\d+|[A-Za-z]+");
    /** From the earliest to the latest. */
    private static final List<String> STAGES = List.of("nightly", "snapshot", "dev", "canary",
            "insiders", "unstable", "test", "ea", "next", "alpha", "a", "beta", "b", "milestone",
            "m", "preview", "pre", "c", "cr", "rc");
    /** These announce a release before a number only: {@code 1.0b2}, but not {@code 1.1.1b}. */
    private static final Set<String> LETTERS = Set.of("a", "b", "c", "m");

    /** What a part is; in this order. */
    private enum Kind {
        ANNOUNCEMENT, END, WORD, NUMBER
    }

    /**
     * One part.
     *
     * @param value of a number, or the stage that a word announces; else 0
     * @param word in lower case; empty for numbers
     */
    private record Part(Kind kind, BigInteger value, String word) implements Comparable<Part> {
        static final Part END = new Part(Kind.END, BigInteger.ZERO, "");

        @Override
        public int compareTo(Part other) {
            int order = kind.compareTo(other.kind);
            order = order != 0 ? order : value.compareTo(other.value);
            return order != 0 ? order : word.compareTo(other.word);
        }
    }

    static VersionParts of(String text) {
        int plus = text.indexOf('+');
        return plus < 0
                ? new VersionParts(split(text), List.of(Part.END))
                : new VersionParts(split(text.substring(0, plus)), split(text.substring(plus + 1)));
    }

    boolean announces() {
        return main.stream().anyMatch(part -> part.kind() == Kind.ANNOUNCEMENT);
    }

    @Override
    public int compareTo(VersionParts other) {
        int order = compare(main, other.main);
        return order != 0 ? order : compare(build, other.build);
    }

    private static int compare(List<Part> left, List<Part> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0; // the end is in both, at the same place
    }

    private static List<Part> split(String text) {
        Matcher matcher = PART.matcher(text);
        List<Part> parts = new ArrayList<>();
        while (matcher.find()) {
            String part = matcher.group();
            boolean prefix = matcher.start() == 0 && part.equalsIgnoreCase("v");
            if (Character.isDigit(part.charAt(0))) {
                parts.add(new Part(Kind.NUMBER, new BigInteger(part), ""));
            } else if (!prefix) {
                parts.add(word(text, matcher, part.toLowerCase(Locale.ROOT)));
            }
        }
        parts.add(Part.END);
        return List.copyOf(parts);
    }

    private static Part word(String text, Matcher matcher, String word) {
        int stage = STAGES.indexOf(word);
        boolean announces = stage >= 0 && (!LETTERS.contains(word) || isNumbered(text, matcher));
        return announces
                ? new Part(Kind.ANNOUNCEMENT, BigInteger.valueOf(stage), word)
                : new Part(Kind.WORD, BigInteger.ZERO, word);
    }

    /** Whether a number stands right behind, or behind a separator when there is one before the word too. */
    private static boolean isNumbered(String text, Matcher word) {
        boolean apart = word.start() > 0 && !Character.isLetterOrDigit(text.charAt(word.start()
                - 1));
        int next = word.end();
        if (apart && next < text.length() && !Character.isLetterOrDigit(text.charAt(next))) {
            next++;
        }
        return next < text.length() && Character.isDigit(text.charAt(next));
    }
}
