package dev.chandlery.registry.metadata;

import dev.chandlery.oci.RepositoryName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Names of repositories that sort between two texts by bytes: what an index finds without looking at others.
 *
 * @param from first text of it
 * @param to first text behind it
 */
public record NameRange(String from, String to) {
    // Names have lower case letters, digits, and . _ - / in between; these sort below and above all of them.
    private static final String BELOW = "!";
    private static final String ABOVE = "~";

    /** All names. */
    public static final NameRange ALL = beginningWith("");

    /** All names that begin so. */
    public static NameRange beginningWith(String text) {
        return new NameRange(text, text + ABOVE);
    }

    /** That name only. */
    public static NameRange of(String name) {
        return new NameRange(name, name + BELOW);
    }

    /** Whether the name sorts into it. */
    public boolean contains(RepositoryName name) {
        return name.value().compareTo(from) >= 0 && name.value().compareTo(to) < 0;
    }

    /** The same names in as few ranges as may be, in order. */
    public static List<NameRange> merged(List<NameRange> ranges) {
        List<NameRange> merged = new ArrayList<>();
        for (NameRange range : ranges.stream()
                .sorted(Comparator.comparing(NameRange::from))
                .toList()) {
            NameRange last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || last.to.compareTo(range.from) < 0) {
                merged.add(range);
            } else if (last.to.compareTo(range.to) < 0) {
                merged.set(merged.size() - 1, new NameRange(last.from, range.to));
            }
        }
        return merged;
    }
}
