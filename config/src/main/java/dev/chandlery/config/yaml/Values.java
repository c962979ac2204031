package dev.chandlery.config.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was written in one section, and the defaults of what was not. */
public final class Values {

    private final NodeAt at;
    private final Reading reading;
    private final Map<String, Object> written = new LinkedHashMap<>();
    private final Map<String, NodeAt> places = new LinkedHashMap<>();

    Values(NodeAt at, Reading reading) {
        this.at = at;
        this.reading = reading;
    }

    void put(String name, NodeAt place, Object value) {
        written.put(name, value);
        places.put(name, place);
    }

    /** The key under which the section is, such as a tool's name. */
    public String name() {
        return at.name();
    }

    public Reading reading() {
        return reading;
    }

    /** The value as written, empty when the key is not there. */
    @SuppressWarnings("unchecked") // put by the same key, whose type made it
    public <T> Optional<T> find(Key<?, T> key) {
        return Optional.ofNullable((T) written.get(key.name()));
    }

    /**
     * The value as written, or the key's default.
     *
     * @throws java.util.NoSuchElementException for a key without a default
     */
    public <T> T get(Key<?, T> key) {
        return find(key).or(() -> key.fallback().value().apply(reading)).orElseThrow();
    }

    public boolean has(Key<?, ?> key) {
        return written.containsKey(key.name());
    }

    /** A failure about a key, at its place, or at the section when the key is not there. */
    public InvalidValueException invalid(Key<?, ?> key, String message) {
        NodeAt place = places.getOrDefault(key.name(), at.child(key.name(), at.node()));
        return new InvalidValueException(place, message);
    }

    /** A failure about the section. */
    public InvalidValueException invalid(String message) {
        return new InvalidValueException(at, message);
    }
}
