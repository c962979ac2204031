package dev.chandlery.config;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Nodes of a YAML file as lists of texts in their order, to compare one file with another. */
final class PlainNodes {
    private static final List<String> LEFT_OUT = List.of("url", "namespace");

    private PlainNodes() {}

    /** All of a file but {@code url} and {@code namespace} of {@code primary_registry}. */
    static Object withoutPrimary(Node root) {
        return plain(root, "");
    }

    private static Object plain(Node node, String path) {
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

    private static void add(List<Object> parts, NodeTuple entry, String path) {
        String key = entry.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
        if (!path.equals("/primary_registry") || !LEFT_OUT.contains(key)) {
            parts.add(plain(entry.getKeyNode(), path));
            parts.add(plain(entry.getValueNode(), path + "/" + key));
        }
    }
}
