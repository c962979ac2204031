package dev.chandlery.config.yaml;

import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A node of the file and the path of keys that leads to it.
 *
 * @param node as composed
 * @param path such as {@code publishing.tool_sources.protoc}; empty for the root; printable
 * @param name the last key of the path, as written
 */
public record NodeAt(Node node, String path, String name) {

    private static final Set<Tag> PLAIN_TAGS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL,
            Tag.NULL, Tag.TIMESTAMP, Tag.MAP, Tag.SEQ, Tag.MERGE);
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    NodeAt child(String key, Node value) {
        String shown = Quote.printable(key);
        return new NodeAt(value, path.isEmpty() ? shown : path + "." + shown, key);
    }

    /** The root of a document. */
    public static NodeAt root(Node node) {
        return new NodeAt(node, "", "");
    }

    NodeAt item(int index, Node value) {
        return new NodeAt(value, path + "[" + index + "]", name);
    }

    /** Whether the value is left out, as in {@code key:} with nothing behind it. */
    boolean isNull() {
        return node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && NULLS.contains(scalar.getValue());
    }

    boolean hasForeignTag() {
        return !PLAIN_TAGS.contains(node.getTag());
    }

    /** What is there, in the words of a message. */
    String kind() {
        return switch (node) {
            case MappingNode mapping -> "a mapping";
            case SequenceNode sequence -> "a list";
            case ScalarNode scalar when isNull() -> "nothing";
            case ScalarNode scalar -> "the value " + Quote.of(scalar.getValue());
            default -> "something else";
        };
    }
}
