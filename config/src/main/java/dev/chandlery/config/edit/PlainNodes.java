package dev.chandlery.config.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Nodes of a YAML file as lists of texts in their order, to compare one file with another. */
final class PlainNodes {
    private static final List<String> LEFT_OUT = List.of("url", "namespace");
    private static final String TOOLS = "/publishing/tool_sources";

    /** By the path of a mapping and one of its keys. */
    private final BiPredicate<String, String> leftOut;

    private PlainNodes(BiPredicate<String, String> leftOut) {
        this.leftOut = leftOut;
    }

    /** All of a file but {@code url} and {@code namespace} of {@code primary_registry}. */
    static Object withoutPrimary(Node root) {
        return new PlainNodes((path, key) -> path.equals("/primary_registry") && LEFT_OUT.contains(
                key)).plain(root, "");
    }

    /** All of a file but these tools, and sections that are there for them alone. */
    static Object withoutEntries(Node root, Set<String> tools) {
        return new PlainNodes((path, key) -> path.equals(TOOLS) && tools.contains(key)).plain(root,
                "");
    }

    private Object plain(Node node, String path) {
        List<Object> parts = new ArrayList<>();
        switch (node) {
            case ScalarNode scalar -> {
                return scalar.getTag() + " " + scalar.getValue();
            }
            case SequenceNode sequence -> sequence.getValue()
                    .forEach(item -> parts.add(plain(item, path + "[]")));
            case MappingNode mapping -> mapping.getValue().forEach(t -> add(parts, t, path));
            default -> parts.add(node.getTag());
        }
        return parts;
    }

    private void add(List<Object> parts, NodeTuple entry, String path) {
        String key = entry.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
        if (leftOut.test(path, key)) {
            return;
        }
        Object value = plain(entry.getValueNode(), path + "/" + key);
        boolean emptied = TOOLS.startsWith(path + "/" + key) && value instanceof List<?> list
                && list
                        .isEmpty();
        if (!emptied) {
            parts.add(plain(entry.getKeyNode(), path));
            parts.add(value);
        }
    }
}
