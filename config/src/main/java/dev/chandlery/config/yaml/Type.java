package dev.chandlery.config.yaml;

import java.util.Map;
import java.util.Optional;

/**
 * What a value may be: how it is read, shown and described.
 *
 * @param <T> what it becomes
 */
public sealed interface Type<T>
        permits
        TextType,
        BooleanType,
        NumberType,
        ChoiceType,
        ListType,
        MapType,
        EitherType,
        ShortFormType,
        Section {

    /** The value, or empty when problems were recorded in the reading. */
    Optional<T> read(NodeAt at, Reading reading);

    /** The value as a plain tree of maps, lists, texts, numbers and booleans. */
    Object show(T value);

    /** As a JSON Schema 2020-12, a plain tree in the order to be written. */
    Map<String, Object> schema();
}
