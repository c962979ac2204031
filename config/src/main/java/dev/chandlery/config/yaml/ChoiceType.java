package dev.chandlery.config.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
        String anyCase = words.keySet()
                .stream()
                .map(ChoiceType::anyCase)
                .collect(Collectors.joining("|", "^(", ")$"));
        schema.put("anyOf", List.of(Map.of("enum", List.copyOf(words.keySet())),
                Map.of("pattern", anyCase)));
        return schema;
    }

    /** A pattern for what {@link #read} accepts; JSON Schema's have no flag for that. */
    private static String anyCase(String word) {
        return word.chars()
                .mapToObj(Character::toString)
                .map(c -> switch (c) {
                    case "-", "_" -> "[-_]";
                    default -> {
                        String upper = c.toUpperCase(Locale.ROOT);
                        yield upper.equals(c) ? c : "[" + upper + c + "]";
                    }
                })
                .collect(Collectors.joining());
    }

    private static String normal(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
