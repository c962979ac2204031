package dev.chandlery.publisher.aqua;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes entries as they stand in registry.yaml, with comments above. */
public final class EntryText {
    private static final int WIDEST = 110;
    private static final String PLAIN = "[A-Za-z][A-Za-z0-9_/.-]*";
    private static final List<String> WORDS = List.of("true", "false", "yes", "no", "on", "off",
            "null", "y", "n");

    private final Optional<String> copyright;

    /** @param copyright line of the registry's licence, which is repeated above each entry */
    EntryText(Optional<String> copyright) {
        this.copyright = copyright;
    }

    /** Lines without indentation. */
    public List<String> lines(Imported.Entry entry) {
        List<String> lines = new ArrayList<>();
        lines.add(entry.origin().comment());
        lines.add("# aqua-registry, MIT License" + copyright.map(c -> ", " + c).orElse(""));
        for (Finding finding : entry.findings()) {
            lines.add("# " + (finding.lost() ? "REVIEW " : "note ") + printable(finding
                    .toString()));
        }
        lines.add(entry.tool() + ":");
        mapping(entry.entry(), "  ", lines);
        return lines;
    }

    private static void mapping(Map<?, ?> map, String indent, List<String> lines) {
        map.forEach((key, value) -> {
            String head = indent + scalar(String.valueOf(key)) + ":";
            String flow = head + " " + flow(value);
            boolean nested = value instanceof Map<?, ?> inner && inner.values()
                    .stream()
                    .anyMatch(each -> each instanceof Map || each instanceof List);
            boolean single = !(value instanceof Map || value instanceof List);
            if (single || (flow.length() <= WIDEST && !nested)) {
                lines.add(flow);
            } else if (value instanceof Map<?, ?> inner) {
                lines.add(head);
                mapping(inner, indent + "  ", lines);
            } else if (value instanceof List<?> list) {
                lines.add(head);
                list.forEach(item -> lines.add(indent + "  - " + flow(item)));
            }
        });
    }

    private static String flow(Object value) {
        return switch (value) {
            case Map<?, ?> map -> map.entrySet()
                    .stream()
                    .map(e -> scalar(String.valueOf(e.getKey())) + ": " + flow(e.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list -> list.stream()
                    .map(EntryText::flow)
                    .collect(Collectors.joining(", ", "[", "]"));
            case Boolean flag -> flag.toString();
            default -> scalar(String.valueOf(value));
        };
    }

    /** In quotes unless it is a plain word that YAML takes for nothing else. */
    private static String scalar(String text) {
        if (text.matches(PLAIN) && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))) {
            return text;
        }
        return "\"" + printable(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
