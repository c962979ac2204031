package dev.chandlery.config.yaml;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One key of a section: its value, its default, its meaning.
 *
 * @param <S> what the section becomes
 * @param <T> what the value becomes
 * @param name as it is written
 * @param type of the value
 * @param meaning for people: editors show it, and {@code config schema}
 * @param fallback gives the value when the key is not there; empty for keys that have none
 * @param getter finds the value in what the section became
 * @param unsupported whether a value asks for something that is not yet supported
 */
public record Key<S, T>(String name, Type<T> type, String meaning, Fallback<T> fallback,
        Function<S, Optional<T>> getter, Predicate<T> unsupported) {

    /**
     * What a key's value is when it is not written.
     *
     * @param value by the reading; empty for none
     * @param constant whether the value is the same everywhere, so that a schema may state it
     * @param required whether there is none because the key must be written
     */
    public record Fallback<T>(Function<Reading, Optional<T>> value, boolean constant,
            boolean required) {

        static <T> Fallback<T> none(boolean required) {
            return new Fallback<>(reading -> Optional.empty(), false, required);
        }
    }

    /** A key whose value may be absent. */
    public static <S, T> Key<S, T> optional(String name, Type<T> type, String meaning,
            Function<S, Optional<T>> getter) {
        return new Key<>(name, type, meaning, Fallback.none(false), getter, value -> false);
    }

    /** A key that a schema asks for; the section's build says what is missing without it. */
    public static <S, T> Key<S, T> required(String name, Type<T> type, String meaning,
            Function<S, T> getter) {
        return new Key<>(name, type, meaning, Fallback.none(true),
                section -> Optional.of(getter.apply(section)), value -> false);
    }

    /** A key whose value is always there; the default follows by {@link #or}. */
    public static <S, T> Key<S, T> of(String name, Type<T> type, String meaning,
            Function<S, T> getter) {
        return optional(name, type, meaning, section -> Optional.of(getter.apply(section)));
    }

    /** This key with a default. */
    public Key<S, T> or(T value) {
        return with(new Fallback<>(reading -> Optional.of(value), true, false));
    }

    /** This key with a default that depends on the machine; the meaning should name it. */
    public Key<S, T> orGet(Function<Reading, T> value) {
        return with(new Fallback<>(value.andThen(Optional::of), false, false));
    }

    /** This key, noting values that ask for what is not yet supported. */
    public Key<S, T> notYet(Predicate<T> asks) {
        return new Key<>(name, type, meaning, fallback, getter, asks);
    }

    private Key<S, T> with(Fallback<T> other) {
        return new Key<>(name, type, meaning, other, getter, unsupported);
    }

    /** Reads the value and notes what is not yet supported. */
    Optional<T> read(NodeAt at, Reading reading) {
        Optional<T> value = type.read(at, reading);
        if (value.filter(unsupported).isPresent()) {
            reading.notice(at, "not yet supported: " + name);
        }
        return value;
    }

    void show(S section, Map<String, Object> into) {
        getter.apply(section).ifPresent(value -> into.put(name, type.show(value)));
    }

    Map<String, Object> schema(Reading nothing) {
        Map<String, Object> schema = type.schema();
        schema.put("description", meaning);
        if (fallback.constant()) {
            fallback.value()
                    .apply(nothing)
                    .ifPresent(value -> schema.put("default", type.show(value)));
        }
        return schema;
    }
}
