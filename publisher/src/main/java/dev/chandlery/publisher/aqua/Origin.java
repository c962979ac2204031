package dev.chandlery.publisher.aqua;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an entry was made from. It is written as a comment above the entry, and read again by a check.
 *
 * @param packageName as the aqua registry calls it
 * @param version that selected the override
 * @param commit of the aqua registry; empty when it is not known
 */
public record Origin(String packageName, String version, Optional<String> commit) {
    private static final Pattern FORM = Pattern.compile(
            "\\s*# aqua: (?<name>[^\\s@]{1,300})@(?<version>\\S{1,200})(?: at (?<commit>[0-9a-f]{40,64}))?\\s*");

    /** The comment. */
    public String comment() {
        return "# aqua: " + packageName + "@" + version + commit.map(c -> " at " + c).orElse("");
    }

    /** What a line says that {@link #comment} wrote; empty for all others. */
    public static Optional<Origin> find(String line) {
        Matcher matcher = FORM.matcher(line);
        return matcher.matches()
                ? Optional.of(new Origin(matcher.group("name"), matcher.group("version"), Optional
                        .ofNullable(matcher.group("commit"))))
                : Optional.empty();
    }
}
