package dev.chandlery.bench.report;

import dev.chandlery.cli.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tables for people: one for each load, with medians and what they are of the reference's. */
public record TextReport(Setup setup, Results results, List<Goal> goals, List<String> references) {

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        setup.facts().forEach((name, value) -> lines.add(name + ": " + value));
        setup.versions().forEach((peer, version) -> lines.add(peer + ": " + version));
        setup.left().forEach((peer, reason) -> lines.add(peer + " is left out: " + reason));
        results.byLoad().forEach((load, measured) -> {
            lines.add("");
            lines.add(load + ": " + measured.what());
            lines.addAll(table(measured));
        });
        if (!goals.isEmpty()) {
            lines.add("");
            lines.addAll(goalTable());
        }
        return lines;
    }

    private List<String> table(Results.LoadResults measured) {
        List<String> headings = new ArrayList<>(List.of("server", ">rounds"));
        List<String> present = references.stream().filter(measured.byPeer()::containsKey).toList();
        for (Measure measure : Measure.ALL) {
            headings.add(">" + measure.heading());
        }
        present.forEach(reference -> headings.add(">x " + reference));
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (Map.Entry<String, List<Sample>> peer : measured.byPeer().entrySet()) {
            List<String> cells = new ArrayList<>(List.of(peer.getKey(), Integer.toString(peer
                    .getValue()
                    .size())));
            for (Measure measure : Measure.ALL) {
                cells.add(number(measure.median(peer.getValue()), measure.decimals()));
            }
            for (String reference : present) {
                cells.add(number(Measure.RATE.median(peer.getValue()) / measured.median(reference,
                        Measure.RATE), 2));
            }
            table.row(cells.toArray(String[]::new));
        }
        return table.lines();
    }

    private List<String> goalTable() {
        TextTable table = new TextTable("goal", ">bound", ">reached", "");
        for (Goal goal : goals) {
            double value = goal.value().applyAsDouble(results);
            if (value > 0) {
                table.row(goal.what(), goal.limit(), number(value, 2), goal.reached(value)
                        ? "yes"
                        : "NO");
            }
        }
        return table.isEmpty() ? List.of() : table.lines();
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
