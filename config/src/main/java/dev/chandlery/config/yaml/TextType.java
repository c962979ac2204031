package dev.chandlery.config.yaml;

import dev.chandlery.oci.InvalidReferenceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A text that becomes a value.
 *
 * @param parse from the text; throws {@link IllegalArgumentException} whose message says what is expected
 *     and repeats neither the text nor anything secret
 * @param text of a value, to show it; the inverse of {@code parse}
 * @param references what a reference inside the text does
 * @param details of the schema besides its type
 */
public record TextType<T>(BiFunction<String, Reading, T> parse, Function<T, String> text,
        References references, Map<String, Object> details) implements Type<T> {

    /** Behind the value in the message of an {@link InvalidReferenceException}. */
    private static final String VALUE_END = "\": ";

    /** What a reference such as {@code ${env:NAME}} inside a text does. */
    public enum References {
        /** A problem: here it has no meaning. */
        REFUSED,
        /** It is replaced by what it refers to. */
        EXPANDED,
        /** It stays as it is; the text is never repeated in messages. */
        KEPT
    }

    public TextType {
        details = new LinkedHashMap<>(details);
    }

    /** Any text, empty too. */
    public static TextType<String> plain() {
        return of(text -> text, text -> text);
    }

    /** Text without references. */
    public static <T> TextType<T> of(Function<String, T> parse, Function<T, String> text) {
        return new TextType<>((value, reading) -> parse.apply(value), text, References.REFUSED,
                Map.of());
    }

    public TextType<T> with(References other) {
        return new TextType<>(parse, text, other, details);
    }

    /** This type, with a word of JSON Schema such as {@code pattern} or {@code examples}. */
    public TextType<T> withSchema(String word, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(word, value);
        return new TextType<>(parse, text, references, more);
    }

    @Override
    public Optional<T> read(NodeAt at, Reading reading) {
        if (!(at.node() instanceof ScalarNode scalar) || at.hasForeignTag() || at.isNull()) {
            reading.problem(at, "expected a text, found "
                    + (at.hasForeignTag() ? "a YAML tag, which is not supported" : at.kind()));
            return Optional.empty();
        }
        return expand(scalar.getValue(), at, reading)
                .flatMap(value -> parse(value, scalar.getValue(), at, reading));
    }

    private Optional<String> expand(String raw, NodeAt at, Reading reading) {
        if (references == References.KEPT || !raw.contains("${")) {
            return Optional.of(raw);
        }
        if (references == References.REFUSED) {
            reading.problem(at, "references such as ${env:NAME} are not expanded here");
            return Optional.empty();
        }
        try {
            return Optional.of(Expansion.expand(raw, reading));
        } catch (IllegalArgumentException e) {
            reading.problem(at, message(e));
            return Optional.empty();
        }
    }

    private Optional<T> parse(String value, String raw, NodeAt at, Reading reading) {
        try {
            return Optional.of(parse.apply(value, reading));
        } catch (InvalidReferenceException | IllegalArgumentException e) {
            String found = references == References.KEPT ? "" : ", found " + Quote.of(raw);
            reading.problem(at, message(e) + found);
            return Optional.empty();
        }
    }

    @Override
    public Object show(T value) {
        return text.apply(value);
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = Schemas.ofType("string");
        schema.putAll(details);
        return schema;
    }

    /** Without the value, which may come from a reference: what is shown is the text as written. */
    private static String message(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof InvalidReferenceException
                ? message.substring(message.lastIndexOf(VALUE_END) + VALUE_END.length())
                : message;
    }
}
