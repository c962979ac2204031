package dev.chandlery.publisher.aqua;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as the registry's conditions compare it: any number of numbers, then a prerelease, which comes
 * before the release.
 *
 * @param numbers at least one
 * @param prerelease empty for a release
 */
record LooseVersion(List<BigInteger> numbers, String prerelease) implements
        Comparable<LooseVersion> {
    private static final int MOST_LETTERS = 200;
    private static final Pattern FORM = Pattern.compile(
            "v?(?<numbers>\\d+(?:\\.\\d+)*)(?:-?(?<pre>[0-9A-Za-z~][0-9A-Za-z~.-]*))?(?:\\+[0-9A-Za-z.~-]*)?");
    private static final Pattern CONDITION = Pattern.compile("(>=|<=|!=|>|<|=)?\\s*(\\S+)");

    static Optional<LooseVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > MOST_LETTERS || !matcher.matches()) {
            return Optional.empty();
        }
        List<BigInteger> numbers = new ArrayList<>();
        for (String number : matcher.group("numbers").split("\\.", -1)) {
            numbers.add(new BigInteger(number));
        }
        String pre = matcher.group("pre");
        return Optional.of(new LooseVersion(numbers, pre == null ? "" : pre));
    }

    /** Whether all conditions of a list such as {@code ">= 1.0, < 2"} hold. */
    boolean fits(String conditions) {
        for (String each : conditions.strip().split(",", -1)) {
            Matcher matcher = CONDITION.matcher(each.strip());
            if (!matcher.matches()) {
                throw new UnsupportedExpressionException("condition \"" + each + "\"");
            }
            LooseVersion other = parse(matcher.group(2)).orElseThrow(
                    () -> new UnsupportedExpressionException("version \"" + matcher.group(2)
                            + "\""));
            if (!holds(matcher.group(1) == null ? "=" : matcher.group(1), compareTo(other))) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case ">=" -> order >= 0;
            case "<=" -> order <= 0;
            case "!=" -> order != 0;
            case ">" -> order > 0;
            case "<" -> order < 0;
            default -> order == 0;
        };
    }

    /** The number at a place, 0 behind the last. */
    BigInteger number(int place) {
        return place < numbers.size() ? numbers.get(place) : BigInteger.ZERO;
    }

    @Override
    public int compareTo(LooseVersion other) {
        int places = Math.max(numbers.size(), other.numbers.size());
        for (int i = 0; i < places; i++) {
            int order = number(i).compareTo(other.number(i));
            if (order != 0) {
                return order;
            }
        }
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
        }
        return comparePrereleases(prerelease.split("\\.", -1), other.prerelease.split("\\.", -1));
    }

    private static int comparePrereleases(String[] left, String[] right) {
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            boolean leftNumber = left[i].matches("\\d+");
            boolean rightNumber = right[i].matches("\\d+");
            int order = leftNumber && rightNumber
                    ? new BigInteger(left[i]).compareTo(new BigInteger(right[i]))
                    : leftNumber != rightNumber
                            ? Boolean.compare(rightNumber, leftNumber)
                            : left[i].compareTo(right[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }
}
