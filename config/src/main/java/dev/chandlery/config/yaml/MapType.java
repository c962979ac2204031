package dev.chandlery.config.yaml;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A mapping with names that the user chooses. */
public record MapType<K extends Comparable<K>, V>(TextType<K> names, Type<V> values)
        implements
        Type<SortedMap<K, V>> {

    private static final int MAX_ENTRIES = 10_000;

    @Override
    public Optional<SortedMap<K, V>> read(NodeAt at, Reading reading) {
        if (!(at.node() instanceof MappingNode mapping) || at.hasForeignTag()
                || mapping.getValue().size() > MAX_ENTRIES) {
            reading.problem(at, "expected a mapping of at most " + MAX_ENTRIES + " names, found "
                    + at.kind());
            return Optional.empty();
        }
        SortedMap<K, V> result = new TreeMap<>();
        Set<K> seen = new HashSet<>();
        int read = 0;
        for (NodeTuple tuple : mapping.getValue()) {
            Optional<K> name = name(at, tuple, reading);
            if (name.isPresent() && !seen.add(name.get())) {
                reading.problem(at.child(names.text().apply(name.get()), tuple.getKeyNode()),
                        "is there twice");
                continue;
            }
            NodeAt valueAt = at.child(keyText(tuple), tuple.getValueNode());
            Optional<V> value = values.read(valueAt, reading);
            if (name.isPresent() && value.isPresent()) {
                result.put(name.get(), value.get());
                read++;
            }
        }
        return read == mapping.getValue().size() ? Optional.of(result) : Optional.empty();
    }

    private Optional<K> name(NodeAt at, NodeTuple tuple, Reading reading) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            reading.problem(new NodeAt(tuple.getKeyNode(), at.path(), at.name()),
                    "expected a name as key");
            return Optional.empty();
        }
        return names.read(at.child(key.getValue(), key), reading);
    }

    private static String keyText(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
    }

    @Override
    public Object show(SortedMap<K, V> value) {
        Map<String, Object> shown = new LinkedHashMap<>();
        value.forEach((name, each) -> shown.put(names.text().apply(name), values.show(each)));
        return shown;
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = Schemas.ofType("object");
        if (!names.details().isEmpty()) {
            schema.put("propertyNames", names.details());
        }
        schema.put("additionalProperties", values.schema());
        return schema;
    }
}
