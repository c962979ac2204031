package dev.chandlery.registry.collect;

import dev.chandlery.oci.Tag;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tags, by a glob: {@code *} stands for any text, {@code ?} for one character.
 *
 * @param glob as it was written
 * @param regex that the whole tag must match
 */
public record TagPattern(String glob, Pattern regex) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_.*?-]{1,128}");

    public TagPattern {
        Objects.requireNonNull(glob);
        Objects.requireNonNull(regex);
    }

    /**
     * Reads a glob.
     *
     * @throws IllegalArgumentException when it can match no tag
     */
    public static TagPattern parse(String glob) {
        if (!ALLOWED.matcher(glob).matches()) {
            throw new IllegalArgumentException(
                    "expected a pattern of tags such as v* or 1.?, got \""
                            + glob + "\"");
        }
        String regex = glob.chars().mapToObj(c -> switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(Character.toString(c));
        }).collect(Collectors.joining());
        return new TagPattern(glob, Pattern.compile(regex));
    }

    public boolean matches(Tag tag) {
        return regex.matcher(tag.value()).matches();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TagPattern that && glob.equals(that.glob);
    }

    @Override
    public int hashCode() {
        return glob.hashCode();
    }

    @Override
    public String toString() {
        return glob;
    }
}
