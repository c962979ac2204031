package dev.chandlery.upstream.release;

import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Version;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Semantic versions; other texts are none. Everything behind {@code -} is a prerelease here.
 *
 * <p><b>Spec:</b> semver 2.0.0, sections 2, 9, 10 and 11. Deviation: builds, which section 10 keeps out of the
 * order, decide last, so that there is one.
 */
record Semver() implements Scheme {
    private static final Pattern FORM = Pattern.compile(
            "v?(?<core>N\\.N\\.N)(?:-(?<pre>I(?:\\.I)*))?"
                    .replace("N", "(?:0|[1-9]\\d*)")
                    .replace("I", "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)")
                    + "(?:\\+(?<build>[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");
    /** Prereleases that loose rules put in the same order. */
    private static final Pattern PLAIN = Pattern.compile(
            "\\d+\\.\\d+\\.\\d+(?:-(?:alpha|beta|rc)(?:\\.\\d+)?)?(?:\\+.*)?");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** Whether this scheme and the loose one agree on such a version. */
    static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches() && FORM.matcher(text).matches();
    }

    @Override
    public boolean accepts(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public boolean isPrerelease(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() && matcher.group("pre") != null;
    }

    @Override
    public Comparator<Release> order() {
        return Comparator.comparing(Release::version, Semver::compare);
    }

    @Override
    public List<String> series(Version version) {
        return isPrerelease(version.text()) ? List.of() : Series.of(version.text());
    }

    /** Texts that are no semantic versions come first. */
    static int compare(Version left, Version right) {
        Matcher one = FORM.matcher(left.text());
        Matcher two = FORM.matcher(right.text());
        boolean leftFits = one.matches();
        boolean rightFits = two.matches();
        if (!leftFits || !rightFits) {
            int order = Boolean.compare(leftFits, rightFits);
            return order != 0 ? order : left.compareTo(right);
        }
        int order = compareIdentifiers(one.group("core"), two.group("core"));
        order = order != 0 ? order : comparePrereleases(one.group("pre"), two.group("pre"));
        return order != 0 ? order : left.compareTo(right);
    }

    private static int comparePrereleases(@Nullable String left,
            @Nullable String right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null); // section 11.3
        }
        return compareIdentifiers(left, right);
    }

    /** Section 11.4, of identifiers between dots. */
    private static int compareIdentifiers(String left, String right) {
        List<String> lefts = List.of(left.split("\\.", -1));
        List<String> rights = List.of(right.split("\\.", -1));
        for (int i = 0; i < Math.min(lefts.size(), rights.size()); i++) {
            int order = compareIdentifier(lefts.get(i), rights.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(lefts.size(), rights.size());
    }

    private static int compareIdentifier(String left, String right) {
        boolean leftNumber = NUMBER.matcher(left).matches();
        boolean rightNumber = NUMBER.matcher(right).matches();
        if (leftNumber && rightNumber) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return leftNumber == rightNumber
                ? left.compareTo(right)
                : Boolean.compare(rightNumber, leftNumber);
    }
}
