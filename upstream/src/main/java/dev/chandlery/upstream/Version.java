package dev.chandlery.upstream;

/**
 * A version of any project, put in order as people would: numbers by value, words after what they qualify.
 * {@code 1.10 > 1.9}, {@code 1.0-rc1 < 1.0}, {@code 1.14.0-1 > 1.14.0}, {@code 2.0.0 > 2.0}; what follows
 * {@code +} decides last. Every text is a version; equal ones are the same text.
 *
 * @param text as upstream writes it, without the prefix that release_pattern takes off
 */
public record Version(String text) implements Comparable<Version> {

    /** Whether it announces a later release, as {@code 1.0-rc1} does. */
    public boolean isPrerelease() {
        return VersionParts.of(text).announces();
    }

    /** A total order, of which {@link #equals} is a part. */
    @Override
    public int compareTo(Version other) {
        int order = VersionParts.of(text).compareTo(VersionParts.of(other.text));
        return order != 0 ? order : text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
