package dev.chandlery.registry.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Header fields of a request or response, immutable. Names compare without case and keep their spelling;
 * several lines of one name are kept apart and in order, as clients send {@code Accept} in up to six.
 */
public final class HeaderFields {
    /** No fields at all. */
    public static final HeaderFields NONE = new HeaderFields(new String[0]);

    /** Name, value, name, value: there are few, so that looking through them beats hashing. */
    private final String[] lines;

    private HeaderFields(String[] lines) {
        this.lines = lines;
    }

    /** A single line. */
    public static HeaderFields of(String name, String value) {
        return new HeaderFields(new String[]{name, value});
    }

    /** Collects lines that are known one by one; used by one thread. */
    public static final class Builder {
        private final List<String> lines = new ArrayList<>();

        /** Adds a line. */
        public Builder add(String name, String value) {
            lines.add(name);
            lines.add(value);
            return this;
        }

        /** All lines so far. */
        public HeaderFields build() {
            return new HeaderFields(lines.toArray(String[]::new));
        }
    }

    /** These fields with one more line of that name. */
    public HeaderFields plus(String name, String value) {
        String[] copy = Arrays.copyOf(lines, lines.length + 2);
        copy[lines.length] = name;
        copy[lines.length + 1] = value;
        return new HeaderFields(copy);
    }

    /** These fields and then all of those. */
    public HeaderFields plus(HeaderFields more) {
        if (lines.length == 0) {
            return more;
        }
        String[] both = Arrays.copyOf(lines, lines.length + more.lines.length);
        System.arraycopy(more.lines, 0, both, lines.length, more.lines.length);
        return new HeaderFields(both);
    }

    /** The first line of that name. */
    public Optional<String> first(String name) {
        for (int i = 0; i < lines.length; i += 2) {
            if (lines[i].equalsIgnoreCase(name)) {
                return Optional.of(lines[i + 1]);
            }
        }
        return Optional.empty();
    }

    /** All lines of that name, in order; empty when there is none. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < lines.length; i += 2) {
            if (lines[i].equalsIgnoreCase(name)) {
                values.add(lines[i + 1]);
            }
        }
        return values;
    }

    /** Gives every line to the visitor, in order. */
    public void forEach(Visitor visitor) {
        for (int i = 0; i < lines.length; i += 2) {
            visitor.line(lines[i], lines[i + 1]);
        }
    }

    /** Takes header lines one by one. */
    @FunctionalInterface
    public interface Visitor {
        void line(String name, String value);
    }

    @Override
    public String toString() {
        return Arrays.toString(lines);
    }
}
