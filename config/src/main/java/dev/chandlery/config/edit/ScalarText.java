package dev.chandlery.config.edit;

import dev.chandlery.config.yaml.SyntaxException;
import dev.chandlery.config.yaml.YamlSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The values of one mapping as they stand in the text of a file.
 *
 * @param file for messages
 * @param text of the file
 * @param mapping in it
 */
record ScalarText(Path file, String text, MappingNode mapping) {
    /** A value that is as good as none. */
    static final String NOTHING = "~";

    /** Anchor and tag in front of a value. */
    private static final Pattern PROPERTIES = Pattern.compile("(?:[&!]\\S*\\s+)*");
    private static final Pattern SAFE = Pattern.compile(
            "~|(?!null$|true$|false$|yes$|no$|on$|off$)[a-z][a-z0-9./_-]*");
    private static final Pattern SAFE_IN_BLOCK = Pattern.compile(
            "[a-z][a-z0-9.-]*:\\d+|https?://[a-z0-9.-]+(?::\\d+)?");

    /** Whether the value stands elsewhere: anchors come before what refers to them. */
    static boolean isAlias(NodeTuple entry) {
        return entry.getValueNode().getStartMark().getIndex() < entry.getKeyNode()
                .getEndMark()
                .getIndex();
    }

    /**
     * Another value for a key; empty when it has that value.
     *
     * @throws ConfigEditException when the value is not written there in one line
     */
    Optional<Replacement> replace(NodeTuple entry, String value) {
        ScalarNode key = (ScalarNode) entry.getKeyNode();
        String name = "primary_registry." + key.getValue();
        if (!(entry.getValueNode() instanceof ScalarNode scalar)) {
            throw refused(name, value, "is no text");
        }
        if (isNothing(scalar) ? value.equals(NOTHING) : isWritten(entry, scalar, value)) {
            return Optional.empty();
        }
        requireOwn(entry, scalar, name, value);
        int start = index(scalar.getStartMark());
        int end = index(scalar.getEndMark());
        Matcher properties = PROPERTIES.matcher(text).region(start, end);
        start = properties.lookingAt() ? properties.end() : start;
        if (start >= end) {
            return Optional.of(new Replacement(end, end, written(value, ScalarStyle.PLAIN, " ")));
        }
        return Optional.of(new Replacement(start, end, written(value, scalar.getScalarStyle(),
                "")));
    }

    /** A new key behind another, in the style of the mapping. */
    Replacement insertAfter(NodeTuple entry, String key, String value) {
        int end = index(entry.getValueNode().getEndMark());
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            boolean json = text.charAt(index(entry.getKeyNode().getStartMark())) == '"';
            String name = json ? '"' + key + '"' : key;
            return new Replacement(end, end, ", " + name + ": " + written(value, json
                    ? ScalarStyle.DOUBLE_QUOTED
                    : ScalarStyle.PLAIN, ""));
        }
        int start = index(entry.getKeyNode().getStartMark());
        String indent = text.substring(text.lastIndexOf('\n', start - 1) + 1, start);
        if (!indent.isBlank()) {
            throw refused("primary_registry." + key, value, "is not there, nor a place for it");
        }
        String line = indent + key + ": " + written(value, style(entry.getValueNode()), "");
        int next = text.indexOf('\n', end);
        return next < 0
                ? new Replacement(text.length(), text.length(), lineEnd(text.lastIndexOf('\n'))
                        + line)
                : new Replacement(next + 1, next + 1, line + lineEnd(next));
    }

    private void requireOwn(NodeTuple entry, ScalarNode scalar, String name, String value) {
        if (isAlias(entry)) {
            throw refused(name, value, "refers to a value elsewhere in the file");
        }
        String anchor = scalar.getAnchor();
        if (anchor != null && aliases(file, text).contains(anchor)) {
            throw refused(name, value, "is referred to elsewhere in the file");
        }
        if (scalar.getValue().contains("${")) {
            throw refused(name, value, "is " + scalar.getValue());
        }
        boolean block = switch (scalar.getScalarStyle()) {
            case LITERAL, FOLDED, JSON_SCALAR_STYLE -> true;
            case PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED -> false;
        };
        if (block || scalar.getStartMark().getLine() != scalar.getEndMark().getLine()) {
            throw refused(name, value, "is written over several lines");
        }
    }

    private ConfigEditException refused(String name, String value, String why) {
        return new ConfigEditException(file, name + " " + why + "; make it " + value
                + " by hand");
    }

    /** Anchors that something in the file refers to. */
    static Set<String> aliases(Path file, String text) {
        try {
            return YamlSource.aliases(text);
        } catch (SyntaxException e) {
            throw new ConfigEditException(file, String.valueOf(e.getMessage()));
        }
    }

    private String written(String value, ScalarStyle style, String space) {
        boolean block = mapping.getFlowStyle() == FlowStyle.BLOCK;
        boolean safe = SAFE.matcher(value).matches()
                || (block && SAFE_IN_BLOCK.matcher(value).matches());
        if (value.equals(NOTHING) || (style == ScalarStyle.PLAIN && safe)) {
            return space + value;
        }
        // urls and names hold nothing that would have to be escaped
        return space + (style == ScalarStyle.SINGLE_QUOTED
                ? "'" + value + "'"
                : '"' + value + '"');
    }

    private static ScalarStyle style(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getScalarStyle() : ScalarStyle.PLAIN;
    }

    private static boolean isNothing(ScalarNode scalar) {
        return scalar.getScalarStyle() == ScalarStyle.PLAIN && (scalar.getValue().isEmpty()
                || scalar.getValue().equals(NOTHING) || scalar.getValue().equals("null"));
    }

    private String lineEnd(int newline) {
        return newline > 0 && text.charAt(newline - 1) == '\r' ? "\r\n" : "\n";
    }

    private static boolean isWritten(NodeTuple entry, ScalarNode scalar, String value) {
        return scalar.getValue().equals(value) && !isAlias(entry);
    }

    /** Marks count code points, texts UTF-16 units. */
    private int index(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }
}
