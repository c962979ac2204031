package dev.chandlery.config.edit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Adds entries to {@code publishing.tool_sources} of registry.yaml, behind those that are there, and changes
 * not one other character.
 */
public final class ToolSourcesEdit extends RegistryYamlEdit {
    private static final String PUBLISHING = "publishing";
    private static final String TOOLS = "tool_sources";

    private ToolSourcesEdit(Path file, String before, String after) {
        super(file, before, after);
    }

    /**
     * Works the change out; nothing is written.
     *
     * @param entries lines of each entry by its name, comments included, without indentation
     * @throws ConfigEditException when there is such an entry already, or the file is written in a way that
     *     it cannot be added to; it says why
     */
    public static ToolSourcesEdit plan(Path file, Map<String, List<String>> entries) {
        String text = EditedFile.read(file);
        Optional<NodeTuple> publishing = find(root(file, text), PUBLISHING);
        Optional<NodeTuple> tools = publishing.flatMap(t -> child(file, t, TOOLS));
        refuseDoubles(file, tools, entries);
        ToolSourcesEdit edit = new ToolSourcesEdit(file, text, added(file, text, new Place(
                publishing, tools), entries));
        EditedFile.requireSize(file, edit.after());
        edit.requireOnlyThose(entries);
        return edit;
    }

    /**
     * Lines of each entry by its name, with the comments above it, without indentation.
     *
     * @throws ConfigEditException when the file cannot be read
     */
    public static Map<String, List<String>> entries(Path file) {
        String text = EditedFile.read(file);
        List<String> lines = text.lines().toList();
        Map<String, List<String>> entries = new LinkedHashMap<>();
        Optional<NodeTuple> tools = find(root(file, text), PUBLISHING)
                .flatMap(t -> child(file, t, TOOLS));
        if (tools.isPresent() && tools.get().getValueNode() instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                entries.put(name(tuple), lines(lines, tuple));
            }
        }
        return entries;
    }

    private static List<String> lines(List<String> all, NodeTuple tuple) {
        int first = tuple.getKeyNode().getStartMark().getLine();
        int indent = tuple.getKeyNode().getStartMark().getColumn();
        int last = lastLine(tuple);
        while (first > 0 && all.get(first - 1).strip().startsWith("#")) {
            first--;
        }
        return all.subList(first, last + 1)
                .stream()
                .map(line -> line.isBlank() ? "" : line.substring(Math.min(indent, margin(line))))
                .toList();
    }

    private static int margin(String line) {
        return line.length() - line.stripLeading().length();
    }

    /** Where entries go, as far as the file has it. */
    private record Place(Optional<NodeTuple> publishing, Optional<NodeTuple> tools) {}

    private static String added(Path file, String text, Place place,
            Map<String, List<String>> entries) {
        Optional<MappingNode> tools = place.tools().flatMap(ToolSourcesEdit::block);
        Optional<MappingNode> publishing = place.publishing().flatMap(ToolSourcesEdit::block);
        List<String> block = new ArrayList<>();
        if (tools.isPresent()) {
            MappingNode mapping = tools.get();
            write(block, entries, column(mapping));
            return insert(text, lastLine(mapping.getValue().getLast()), block);
        }
        if (place.tools().isPresent()) {
            throw new ConfigEditException(file, TOOLS + " is not written as a block with an entry"
                    + " on each line");
        }
        if (publishing.isPresent()) {
            int column = column(publishing.get());
            block.add(" ".repeat(column) + TOOLS + ":");
            write(block, entries, column + 2);
            return insert(text, lastLine(publishing.get().getValue().getLast()), block);
        }
        if (place.publishing().isPresent()) {
            throw new ConfigEditException(file, PUBLISHING + " is not written as a block");
        }
        block.add(PUBLISHING + ":");
        block.add("  " + TOOLS + ":");
        write(block, entries, 4);
        return insert(text, (int) text.lines().count() - 1, block);
    }

    private static Optional<MappingNode> block(NodeTuple tuple) {
        return tuple.getValueNode() instanceof MappingNode mapping && mapping
                .getFlowStyle() == FlowStyle.BLOCK && !mapping.getValue().isEmpty()
                        ? Optional.of(mapping)
                        : Optional.empty();
    }

    private static int column(MappingNode mapping) {
        return mapping.getValue().getFirst().getKeyNode().getStartMark().getColumn();
    }

    private static void write(List<String> block, Map<String, List<String>> entries, int column) {
        entries.values()
                .forEach(lines -> lines.forEach(line -> block.add(line.isEmpty()
                        ? ""
                        : " ".repeat(column) + line)));
    }

    /** Behind a line, with the line ends that the file has. */
    private static String insert(String text, int line, List<String> block) {
        String end = text.contains("\r\n") ? "\r\n" : "\n";
        int at = 0;
        for (int i = 0; i <= line && at < text.length(); i++) {
            int next = text.indexOf('\n', at);
            at = next < 0 ? text.length() : next + 1;
        }
        String head = text.substring(0, at);
        String gap = head.isEmpty() || head.endsWith("\n") ? "" : end;
        return head + gap + String.join(end, block) + end + text.substring(at);
    }

    /** Index of the last line that something of the entry is on; comments behind it do not count. */
    private static int lastLine(NodeTuple tuple) {
        return Math.max(lastLine(tuple.getKeyNode()), lastLine(tuple.getValueNode()));
    }

    private static int lastLine(Node node) {
        return switch (node) {
            case MappingNode mapping when mapping.getFlowStyle() == FlowStyle.BLOCK -> mapping
                    .getValue()
                    .stream()
                    .mapToInt(ToolSourcesEdit::lastLine)
                    .max()
                    .orElse(node.getStartMark().getLine());
            case SequenceNode list when list.getFlowStyle() == FlowStyle.BLOCK -> list.getValue()
                    .stream()
                    .mapToInt(ToolSourcesEdit::lastLine)
                    .max()
                    .orElse(node.getStartMark().getLine());
            default -> endsAtStart(node)
                    ? node.getEndMark().getLine() - 1
                    : node.getEndMark().getLine();
        };
    }

    /** Block scalars end where the next line begins. */
    private static boolean endsAtStart(Node node) {
        return node.getEndMark().getColumn() == 0 && node.getEndMark().getLine() > node
                .getStartMark()
                .getLine();
    }

    private static void refuseDoubles(Path file, Optional<NodeTuple> tools,
            Map<String, List<String>> entries) {
        if (tools.isPresent() && tools.get().getValueNode() instanceof MappingNode mapping) {
            List<String> there = mapping.getValue()
                    .stream()
                    .map(ToolSourcesEdit::name)
                    .filter(entries::containsKey)
                    .toList();
            if (!there.isEmpty()) {
                throw new ConfigEditException(file, "it has " + String.join(", ", there)
                        + " already; remove it first, or import under another name");
            }
        }
    }

    private static Optional<NodeTuple> child(Path file, NodeTuple tuple, String key) {
        return switch (tuple.getValueNode()) {
            case MappingNode mapping -> find(mapping, key);
            case ScalarNode scalar when scalar.getValue().isEmpty() -> Optional.empty();
            default -> throw new ConfigEditException(file, name(tuple) + " is no mapping");
        };
    }

    /** What was made is read again: all that was there is there, and the new entries beside it. */
    private void requireOnlyThose(Map<String, List<String>> entries) {
        Object old = PlainNodes.withoutEntries(root(file(), before()), entries.keySet());
        Object now = PlainNodes.withoutEntries(root(file(), after()), entries.keySet());
        boolean all = find(root(file(), after()), PUBLISHING).flatMap(t -> child(file(), t, TOOLS))
                .map(NodeTuple::getValueNode)
                .filter(MappingNode.class::isInstance)
                .map(node -> ((MappingNode) node).getValue()
                        .stream()
                        .map(ToolSourcesEdit::name)
                        .toList()
                        .containsAll(entries.keySet()))
                .orElse(false);
        if (!all || !old.equals(now)) {
            throw new ConfigEditException(file(), TOOLS + " is written in an unusual way");
        }
    }
}
