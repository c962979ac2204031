package dev.chandlery.registry.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Header fields of a request or response, immutable. Names compare without case and keep the spelling
 * of their first line; several lines of one name are kept apart and in order, as clients send
 * {@code Accept} in up to six.
 */
public final class HeaderFields {
    /** No fields at all. */
    public static final HeaderFields NONE = new HeaderFields(Map.of());

    private record Field(String name, List<String> values) {}

    private final Map<String, Field> byKey;

    private HeaderFields(Map<String, Field> byKey) {
        this.byKey = byKey;
    }

    /** These fields with one more line of that name. */
    public HeaderFields plus(String name, String value) {
        Map<String, Field> copy = new LinkedHashMap<>(byKey);
        Field old = copy.get(key(name));
        List<String> values = new ArrayList<>(old == null ? List.of() : old.values());
        values.add(value);
        copy.put(key(name), new Field(old == null ? name : old.name(), List.copyOf(values)));
        return new HeaderFields(copy);
    }

    /** The first line of that name. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** All lines of that name, in order; empty when there is none. */
    public List<String> all(String name) {
        Field field = byKey.get(key(name));
        return field == null ? List.of() : field.values();
    }

    /** Gives every line to the visitor, in order of the names' first appearance. */
    public void forEach(Visitor visitor) {
        byKey.values().forEach(f -> f.values().forEach(v -> visitor.line(f.name(), v)));
    }

    /** Takes header lines one by one. */
    @FunctionalInterface
    public interface Visitor {
        void line(String name, String value);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return byKey.values().toString();
    }
}
