package dev.chandlery.config.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A list without repetitions. */
public record ListType<T>(Type<T> items, int least) implements Type<List<T>> {

    /** More than anybody writes by hand; keeps work on hostile files small. */
    private static final int MAX_ITEMS = 1_000;

    /** A list that may be empty. */
    public static <T> ListType<T> of(Type<T> items) {
        return new ListType<>(items, 0);
    }

    @Override
    public Optional<List<T>> read(NodeAt at, Reading reading) {
        if (!(at.node() instanceof SequenceNode sequence) || at.hasForeignTag()) {
            reading.problem(at, "expected a list, found " + at.kind());
            return Optional.empty();
        }
        int size = sequence.getValue().size();
        if (size < least || size > MAX_ITEMS) {
            reading.problem(at, "expected " + least + " to " + MAX_ITEMS + " items, found " + size);
            return Optional.empty();
        }
        List<T> values = readItems(at, sequence.getValue(), reading);
        return values.size() == size ? Optional.of(values) : Optional.empty();
    }

    private List<T> readItems(NodeAt at, List<Node> nodes, Reading reading) {
        List<T> values = new ArrayList<>();
        Set<T> seen = new HashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            NodeAt item = at.item(i, nodes.get(i));
            Optional<T> value = items.read(item, reading);
            if (value.isPresent() && !seen.add(value.get())) {
                reading.problem(item, "is in the list twice");
            } else {
                value.ifPresent(values::add);
            }
        }
        return values;
    }

    @Override
    public Object show(List<T> value) {
        return value.stream().map(items::show).toList();
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = Schemas.ofType("array");
        schema.put("items", items.schema());
        if (least > 0) {
            schema.put("minItems", least);
        }
        schema.put("uniqueItems", true);
        return schema;
    }
}
