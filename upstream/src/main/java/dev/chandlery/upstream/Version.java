package dev.chandlery.upstream;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of any project, put in order as people would: numbers by value, words after what they qualify.
 * {@code 1.10 > 1.9}, {@code 1.0-rc1 < 1.0}, {@code 2.0.0 > 2.0}; a build behind {@code +} comes last.
 * Every text is a version; equal ones are the same text.
 *
 * @param text as upstream writes it, without the prefix that release_pattern takes off
 */
public record Version(String text) implements Comparable<Version> {
    private static final Pattern PART = Pattern.compile("\\d+|[A-Za-z]+");
    private static final Set<String> BEFORE = Set.of("alpha", "a", "beta", "b", "milestone", "m",
            "rc", "cr", "c", "pre", "preview", "snapshot", "dev", "nightly", "canary", "ea", "next",
            "insiders", "unstable", "test");
    private static final List<String> STAGES = List.of("nightly", "snapshot", "dev", "canary",
            "insiders", "unstable", "test", "ea", "next", "alpha", "a", "beta", "b", "milestone",
            "m", "preview", "pre", "c", "cr", "rc");

    /** Whether it announces a later release, as {@code 1.0-rc1} does. */
    public boolean isPrerelease() {
        return parts().stream().anyMatch(part -> BEFORE.contains(part.toLowerCase(Locale.ROOT)));
    }

    @Override
    public int compareTo(Version other) {
        List<String> left = parts();
        List<String> right = other.parts();
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            int order = comparePart(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (left.size() != right.size()) {
            return left.size() > right.size() ? rest(left.get(common)) : -rest(right.get(common));
        }
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }

    /** Numbers and words, in the order they stand; the build behind {@code +} decides nothing. */
    private List<String> parts() {
        int build = text.indexOf('+');
        Matcher matcher = PART.matcher(build < 0 ? text : text.substring(0, build));
        List<String> parts = new ArrayList<>();
        while (matcher.find()) {
            parts.add(matcher.group());
        }
        return parts;
    }

    /** What one part more makes of a version: a prerelease is before it, everything else after. */
    private static int rest(String part) {
        return BEFORE.contains(part.toLowerCase(Locale.ROOT)) ? -1 : 1;
    }

    private static int comparePart(String left, String right) {
        boolean number = Character.isDigit(left.charAt(0));
        if (number != Character.isDigit(right.charAt(0))) {
            return number ? 1 : -1;
        }
        if (number) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        int order = Integer.compare(stage(left), stage(right));
        return order != 0 ? order : left.compareToIgnoreCase(right);
    }

    /** Words of no known stage follow the release, as {@code 1.0.post1} does. */
    private static int stage(String word) {
        int stage = STAGES.indexOf(word.toLowerCase(Locale.ROOT));
        return stage < 0 ? STAGES.size() : stage;
    }
}
