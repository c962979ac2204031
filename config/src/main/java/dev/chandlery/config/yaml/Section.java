package dev.chandlery.config.yaml;

import dev.chandlery.oci.InvalidReferenceException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping with known keys.
 *
 * @param keys in the order in which they are shown
 * @param build from values that are each fine; throws {@link InvalidValueException} when they do not go
 *     together
 */
public record Section<S>(List<Key<S, ?>> keys, Function<Values, S> build) implements Type<S> {

    public Section {
        keys = List.copyOf(keys);
    }

    @Override
    public Optional<S> read(NodeAt at, Reading reading) {
        Optional<Values> values = values(at, reading);
        try {
            return values.map(build);
        } catch (InvalidValueException e) {
            e.record(reading);
            return Optional.empty();
        } catch (InvalidReferenceException | IllegalArgumentException e) {
            reading.problem(at, String.valueOf(e.getMessage())); // a rule of the record's own
            return Optional.empty();
        }
    }

    /** What the section is when nothing of it is written. */
    public S defaults(Reading reading) {
        NodeAt nowhere = NodeAt.root(new MappingNode(Tag.MAP, List.of(), FlowStyle.AUTO));
        return build.apply(new Values(nowhere, reading));
    }

    /** The section's values before they are put together, or empty when one is wrong. */
    public Optional<Values> values(NodeAt at, Reading reading) {
        if (!(at.node() instanceof MappingNode mapping) || at.hasForeignTag()) {
            reading.problem(at, "expected a mapping with keys such as " + keys.getFirst().name()
                    + ", found " + at.kind());
            return Optional.empty();
        }
        Values values = new Values(at, reading);
        Map<String, Integer> lines = new HashMap<>();
        boolean fine = true;
        for (NodeTuple tuple : mapping.getValue()) {
            fine &= readEntry(at, tuple, lines, values);
        }
        return fine ? Optional.of(values) : Optional.empty();
    }

    private boolean readEntry(NodeAt at, NodeTuple tuple, Map<String, Integer> lines,
            Values values) {
        Reading reading = values.reading();
        if (!(tuple.getKeyNode() instanceof ScalarNode node)) {
            reading.problem(new NodeAt(tuple.getKeyNode(), at.path(), at.name()),
                    "expected a name as key");
            return false;
        }
        String name = node.getValue();
        NodeAt keyAt = at.child(name, node);
        Integer earlier = lines.putIfAbsent(name, node.getStartMark().getLine() + 1);
        Optional<Key<S, ?>> key = keys.stream().filter(k -> k.name().equals(name)).findFirst();
        if (earlier != null) {
            reading.problem(keyAt, "duplicate key, first on line " + earlier);
            return false;
        }
        if (key.isEmpty()) {
            reading.problem(keyAt, "unknown key" + hint(name));
            return false;
        }
        NodeAt valueAt = at.child(name, tuple.getValueNode());
        if (valueAt.isNull()) {
            return true; // "key:" with everything behind it commented out means the default
        }
        Optional<?> value = key.get().read(valueAt, reading);
        value.ifPresent(v -> values.put(name, valueAt, v));
        return value.isPresent();
    }

    private String hint(String name) {
        if (name.equals("<<")) {
            return ": YAML's merge is not supported";
        }
        List<String> names = keys.stream().map(Key::name).toList();
        return Suggestion.nearest(name, names)
                .map(near -> ", did you mean " + near + "?")
                .orElseGet(() -> ", expected one of "
                        + names.stream().sorted().collect(Collectors.joining(", ")));
    }

    @Override
    public Map<String, Object> show(S value) {
        Map<String, Object> shown = new LinkedHashMap<>();
        keys.forEach(key -> key.show(value, shown));
        return shown;
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        Reading nothing = new Reading(Path.of("/"), Map.of());
        keys.forEach(key -> properties.put(key.name(), key.schema(nothing)));
        Map<String, Object> schema = Schemas.ofType("object");
        schema.put("additionalProperties", false);
        List<String> required = keys.stream()
                .filter(key -> key.fallback().required())
                .map(Key::name)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        return schema;
    }
}
