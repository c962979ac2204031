package dev.chandlery.config.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * One of a few words; case and {@code -} or {@code _} make no difference.
 *
 * @param words as they are shown, in order, to what they mean
 */
public record ChoiceType<T>(Map<String, T> words) implements Type<T> {

    public ChoiceType {
        words = new LinkedHashMap<>(words);
    }

    /** The constants of an enum in lower case. */
    public static <E extends Enum<E>> ChoiceType<E> of(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        return new ChoiceType<>(words);
    }

    @Override
    public Optional<T> read(NodeAt at, Reading reading) {
        if (at.node() instanceof ScalarNode scalar && !at.hasForeignTag()) {
            Optional<T> found = words.entrySet()
                    .stream()
                    .filter(word -> normal(word.getKey()).equals(normal(scalar.getValue())))
                    .map(Map.Entry::getValue)
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        String near = at.node() instanceof ScalarNode scalar
                ? Suggestion.phrase(scalar.getValue(), words.keySet())
                : "";
        reading.problem(at, "expected one of " + String.join(", ", words.keySet()) + ", found "
                + at.kind() + near);
        return Optional.empty();
    }

    @Override
    public Object show(T value) {
        return words.entrySet()
                .stream()
                .filter(word -> word.getValue().equals(value))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("enum", List.copyOf(words.keySet()));
        return schema;
    }

    private static String normal(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
