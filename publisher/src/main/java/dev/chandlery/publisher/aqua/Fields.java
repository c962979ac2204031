package dev.chandlery.publisher.aqua;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Keys of a definition: of an override, and below it what it overrides. The value of a key is that of the
 * highest layer that has it; values are not merged.
 *
 * @param layers the highest first
 */
record Fields(List<MappingNode> layers) {

    Fields {
        layers = List.copyOf(layers);
    }

    static Fields of(MappingNode node) {
        return new Fields(List.of(node));
    }

    /** These fields with an override on top. */
    Fields under(MappingNode upper) {
        List<MappingNode> all = new ArrayList<>();
        all.add(upper);
        all.addAll(layers);
        return new Fields(all);
    }

    Optional<Node> find(String key) {
        return layers.stream()
                .flatMap(layer -> tuple(layer, key).stream())
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    Optional<String> text(String key) {
        return find(key).filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).getValue());
    }

    Optional<Boolean> flag(String key) {
        return text(key).map("true"::equals);
    }

    List<Node> items(String key) {
        return find(key).filter(SequenceNode.class::isInstance)
                .map(node -> ((SequenceNode) node).getValue())
                .orElse(List.of());
    }

    List<String> texts(String key) {
        return items(key).stream()
                .filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).getValue())
                .toList();
    }

    /** Mappings in a list. */
    List<MappingNode> mappings(String key) {
        return items(key).stream()
                .filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast)
                .toList();
    }

    Optional<Fields> mapping(String key) {
        return find(key).filter(MappingNode.class::isInstance)
                .map(node -> of((MappingNode) node));
    }

    /** A mapping of texts. */
    SortedMap<String, String> words(String key) {
        SortedMap<String, String> words = new TreeMap<>();
        mapping(key).ifPresent(map -> map.layers.getFirst().getValue().forEach(t -> {
            if (t.getKeyNode() instanceof ScalarNode name
                    && t.getValueNode() instanceof ScalarNode value) {
                words.put(name.getValue(), value.getValue());
            }
        }));
        return words;
    }

    /** Names of all keys of the highest layer. */
    List<String> keys() {
        return layers.getFirst()
                .getValue()
                .stream()
                .map(NodeTuple::getKeyNode)
                .filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).getValue())
                .toList();
    }

    /** Line of the key, or where the highest layer begins. */
    int line(String key) {
        return layers.stream()
                .flatMap(layer -> tuple(layer, key).stream())
                .map(t -> line(t.getKeyNode()))
                .findFirst()
                .orElseGet(() -> line(layers.getFirst()));
    }

    static int line(Node node) {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    private static Optional<NodeTuple> tuple(MappingNode layer, String key) {
        return layer.getValue()
                .stream()
                .filter(t -> t.getKeyNode() instanceof ScalarNode name && name.getValue()
                        .equals(key))
                .findFirst();
    }
}
