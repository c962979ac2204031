package dev.chandlery.manager.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The page as GitHub's Markdown, for the summary of a job. */
final class MarkdownPage {
    private static final String SPECIAL = "\\`*_{}[]()#+-!|~$:";

    private MarkdownPage() {}

    static String of(StateReport report) {
        Page page = new Page(report);
        List<String> lines = new ArrayList<>();
        lines.add("# Tool registry: " + mark(page.status()) + " " + escaped(page.status()));
        lines.add("");
        lines.add(escaped(page.subtitle()));
        for (Section section : page.sections()) {
            lines.add("");
            lines.add("## " + section.title());
            lines.add("");
            lines.addAll(table(section));
        }
        return String.join("\n", lines);
    }

    private static List<String> table(Section section) {
        if (section.rows().isEmpty()) {
            return List.of(escaped(section.otherwise()));
        }
        List<String> lines = new ArrayList<>();
        lines.add(row(section.headings()));
        lines.add("|" + " --- |".repeat(section.headings().size()));
        section.rows()
                .forEach(cells -> lines.add(row(cells.stream().map(MarkdownPage::cell).toList())));
        return lines;
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String cell(String text) {
        return Plain.isAlarming(text) ? "**" + escaped(text) + "**" : escaped(text);
    }

    private static String mark(String status) {
        return switch (status) {
            case "healthy" -> "\u2705";
            case "degraded" -> "\u26a0\ufe0f";
            default -> "\u274c";
        };
    }

    /** Nothing in it is a mark-up, a link, a mention or the end of a cell. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : Plain.line(text).toCharArray()) {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '@' -> escaped.append("&#64;");
                case '-', '.', ':', '(', ')' -> escaped.append(c);
                default -> escaped.append(SPECIAL.indexOf(c) < 0 ? "" : "\\").append(c);
            }
        }
        // Addresses become links by themselves, and would be followed by who trusts the page.
        return escaped.toString().replace("://", ":&#47;&#47;").replace("www.", "www&#46;");
    }
}
