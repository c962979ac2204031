package dev.chandlery.upstream.release;

import dev.chandlery.upstream.Release;
import dev.chandlery.upstream.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates: {@code 2025-12-01}, {@code 2025.12}, {@code 20251201} and {@code 24.04.1}; years of two digits are
 * of this century. What follows the date decides between releases of one day.
 */
record Calver() implements Scheme {
    private static final Pattern COMPACT = Pattern.compile(
            "(?<year>(?:19|20)\\d\\d)(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\\d|3[01])?(?!\\d)(?<rest>.*)");
    private static final Pattern APART = Pattern.compile(
            "(?<year>(?:19|20)?\\d\\d)[._-](?<month>0?[1-9]|1[0-2])(?:[._-](?<day>0?[1-9]|[12]\\d|3[01]))?"
                    + "(?!\\d)(?<rest>.*)");

    /**
     * A date and what follows it.
     *
     * @param numbers year, month and, where there is one, day, in a text that loose rules read
     */
    private record Dated(String numbers, String rest) {}

    @Override
    public boolean accepts(String text) {
        return find(text).isPresent();
    }

    /** Whether the text is a date of a whole year's four digits with at most a number behind it. */
    boolean isWholeDate(String text) {
        return text.matches("(?:19|20)\\d\\d.*") && find(text)
                .filter(dated -> dated.rest()
                        .matches("(?:[._-]\\d+)?"))
                .isPresent();
    }

    @Override
    public boolean isPrerelease(String text) {
        return new Version(text).isPrerelease();
    }

    @Override
    public Comparator<Release> order() {
        return Comparator.<Release, Version>comparing(release -> normal(release.version()))
                .thenComparing(Release::version);
    }

    /** Year, and year with month, as the version writes them. */
    @Override
    public List<String> series(Version version) {
        if (version.isPrerelease()) {
            return List.of();
        }
        Matcher compact = COMPACT.matcher(version.text());
        if (!compact.matches()) {
            return Series.of(version.text());
        }
        List<String> series = new ArrayList<>(List.of(compact.group("year")));
        if (compact.group("day") != null) {
            series.add(compact.group("year") + compact.group("month"));
        }
        return List.copyOf(series);
    }

    private static Version normal(Version version) {
        return find(version.text()).map(dated -> new Version(dated.numbers() + dated.rest()))
                .orElse(version);
    }

    private static Optional<Dated> find(String text) {
        return List.of(COMPACT, APART)
                .stream()
                .map(pattern -> pattern.matcher(text))
                .filter(Matcher::matches)
                .findFirst()
                .map(Calver::dated);
    }

    private static Dated dated(Matcher matcher) {
        String year = matcher.group("year");
        String day = matcher.group("day");
        String numbers = (year.length() == 2 ? "20" + year : year) + "." + matcher.group("month")
                + (day == null ? "" : "." + day);
        String rest = matcher.group("rest");
        boolean joined = !rest.isEmpty() && Character.isDigit(rest.charAt(0));
        return new Dated(numbers, joined ? "." + rest : rest);
    }
}
