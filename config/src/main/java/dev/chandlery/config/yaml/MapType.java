package dev.chandlery.config.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
        int read = 0;
        for (NodeTuple tuple : mapping.getValue()) {
            read += readEntry(at, tuple, result, reading) ? 1 : 0;
        }
        return read == mapping.getValue().size() ? Optional.of(result) : Optional.empty();
    }

    private boolean readEntry(NodeAt at, NodeTuple tuple, SortedMap<K, V> result,
            Reading reading) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            reading.problem(new NodeAt(tuple.getKeyNode(), at.path()), "expected a name as key");
            return false;
        }
        NodeAt keyAt = at.child(key.getValue(), key);
        Optional<K> name = names.read(keyAt, reading);
        Optional<V> value = values.read(at.child(key.getValue(), tuple.getValueNode()), reading);
        if (name.isPresent() && result.containsKey(name.get())) {
            reading.problem(keyAt, "is there twice");
            return false;
        }
        if (name.isEmpty() || value.isEmpty()) {
            return false;
        }
        result.put(name.get(), value.get());
        return true;
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
