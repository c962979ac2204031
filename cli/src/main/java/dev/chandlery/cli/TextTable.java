package dev.chandlery.cli;

import java.util.ArrayList;
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

    /** Adds a row with as many cells as there are headings. */
    public TextTable row(String... cells) {
        if (cells.length != right.size()) {
            throw new IllegalArgumentException("expected " + right.size() + " cells, got "
                    + cells.length);
        }
        rows.add(List.of(cells));
        return this;
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
