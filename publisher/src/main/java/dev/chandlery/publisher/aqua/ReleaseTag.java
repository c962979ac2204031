package dev.chandlery.publisher.aqua;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tag as prefix and number: {@code cmd/tool/v} and {@code 1.6.1}.
 *
 * @param prefix may be empty
 * @param number begins with a digit
 */
record ReleaseTag(String prefix, String number) {
    /** Stands for a version's number in a name; a character of the private use area. */
    static final String NUMBER = "\uE000";
    static final String OS = "\uE001";
    static final String ARCH = "\uE002";
    static final String ASSET = "\uE003";

    /** {@code 1.2}, {@code v1.2}, {@code cidr2ip-1.0} and {@code cmd/tool/v1.0}, rather than {@code cidr} and {@code 2ip-1.0}. */
    private static final Pattern USUAL = Pattern.compile(
            "(?<prefix>(?:.*?[-/_@])??v?)(?<number>\\d.*)");
    private static final Pattern FORM = Pattern.compile("(?<prefix>.*?)(?<number>\\d.*)");

    /**
     * Reads a tag.
     *
     * @param known a prefix that the definition states, before an optional {@code v}
     * @throws UnsupportedExpressionException when the tag has no number
     */
    static ReleaseTag parse(String tag, String known) {
        String head = tag.startsWith(known) ? known : "";
        Matcher usual = USUAL.matcher(tag.substring(head.length()));
        Matcher matcher = usual.matches() ? usual : FORM.matcher(tag.substring(head.length()));
        if (!matcher.matches()) {
            throw new UnsupportedExpressionException("tag " + tag + " has no number");
        }
        return new ReleaseTag(head + matcher.group("prefix"), matcher.group("number"));
    }

    /** {@code release_pattern} of registry.yaml. */
    String pattern() {
        return prefix + "*";
    }

    /** The tag with {@link #NUMBER} in the place of its number. */
    String symbol() {
        return prefix + NUMBER;
    }
}
