package dev.chandlery.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rows under a heading, in columns as wide as they need to be; columns may be set to the right. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();

    /** @param headings one for each column; one that starts with {@code >} sets its column to the right */
    public TextTable(String... headings) {
        List<String> first = new ArrayList<>();
        for (String heading : headings) {
            right.add(heading.startsWith(">"));
            first.add(heading.startsWith(">") ? heading.substring(1) : heading);
        }
        rows.add(List.copyOf(first));
    }

    /** Adds a row with as many cells as there are headings. What would write on the terminal by itself becomes a space. */
    public TextTable row(String... cells) {
        if (cells.length != right.size()) {
            throw new IllegalArgumentException("expected " + right.size() + " cells, got "
                    + cells.length);
        }
        rows.add(Arrays.stream(cells).map(TextTable::plain).toList());
        return this;
    }

    private static String plain(String cell) {
        if (cell.codePoints().noneMatch(TextTable::isControl)) {
            return cell;
        }
        StringBuilder plain = new StringBuilder();
        cell.codePoints().forEach(c -> plain.appendCodePoint(isControl(c) ? ' ' : c));
        return plain.toString();
    }

    /** Escapes, line ends, and what turns the direction of writing. */
    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The lines, heading first, without spaces at their ends. */
    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String padding = " ".repeat(width(i) - row.get(i).length());
            line.append(i == 0 ? "" : GAP)
                    .append(right.get(i)
                            ? padding + row.get(i)
                            : row.get(i)
                                    + padding);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .collect(Collectors.summarizingInt(r -> r.get(column).length()))
                .getMax();
    }
}
