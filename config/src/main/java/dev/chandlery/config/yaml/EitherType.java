package dev.chandlery.config.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * A text, or a mapping with known keys.
 *
 * @param <T> what either becomes
 * @param <S> what the mapping becomes at first
 * @param text of the short form
 * @param section of the long form
 * @param wrap makes the value of what the mapping became
 * @param unwrap gives what the mapping was; empty for values of the short form
 */
public record EitherType<T, S>(TextType<T> text, Section<S> section, Function<S, T> wrap,
        Function<T, Optional<S>> unwrap) implements Type<T> {

    @Override
    public Optional<T> read(NodeAt at, Reading reading) {
        return at.node() instanceof MappingNode
                ? section.read(at, reading).map(wrap)
                : text.read(at, reading);
    }

    @Override
    public Object show(T value) {
        return unwrap.apply(value).<Object>map(section::show).orElseGet(() -> text.show(value));
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("anyOf", List.of(text.schema(), section.schema()));
        return schema;
    }
}
