package dev.chandlery.bench.copy.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.bench.copy.client.CopyClient.Role;
import dev.chandlery.bench.report.Setup;
import dev.chandlery.cli.Json;
import dev.chandlery.cli.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The figures as tables for people, one for each case, and as JSON with all samples.
 *
 * @param ours name of our client
 * @param parallel name of the client that many processes are compared by
 */
public record CopyReport(Setup setup, CopyResults results, String ours, String parallel) {

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        setup.facts().forEach((name, value) -> lines.add(name + ": " + value));
        setup.versions().forEach((client, version) -> lines.add(client + ": " + version));
        setup.left().forEach((client, reason) -> lines.add(client + " is left out: " + reason));
        results.failures().forEach(failure -> lines.add("FAILED: " + failure));
        results.byCase().forEach((about, clients) -> {
            lines.add("");
            lines.add(about.toString());
            lines.addAll(table(about, clients).lines());
        });
        TextTable goals = goals();
        if (!goals.isEmpty()) {
            lines.add("");
            lines.addAll(goals.lines());
        }
        return lines;
    }

    private TextTable table(CopyCase about, Map<String, List<CopySample>> clients) {
        List<String> headings = new ArrayList<>(List.of("client", ">runs"));
        Figure.ALL.forEach(figure -> headings.add(">" + figure.heading()));
        headings.addAll(List.of(">x best single", ">x " + parallel, ">x floor"));
        TextTable table = new TextTable(headings.toArray(String[]::new));
        List<OptionalDouble> references = List.of(results.best(about, Set.of(Role.ONE_PROCESS),
                Figure.WALL), results.median(about, parallel, Figure.WALL), results.best(about,
                        Set.of(Role.FLOOR), Figure.WALL));
        clients.forEach((client, samples) -> {
            List<String> cells = new ArrayList<>(List.of(client, Integer.toString(samples
                    .size())));
            Figure.ALL.forEach(f -> cells.add(number(f.median(samples), f.decimals())));
            references.forEach(reference -> cells.add(reference.isEmpty()
                    ? ""
                    : number(Figure.WALL.median(samples) / reference.getAsDouble(), 2)));
            table.row(cells.toArray(String[]::new));
        });
        return table;
    }

    private TextTable goals() {
        TextTable table = new TextTable("goal", ">at most", ">reached", "");
        CopyGoal.of(results, ours, parallel)
                .forEach(goal -> table.row(goal.what(), number(goal.bound(), 1), number(goal
                        .reached()
                        .orElse(0), 2), goal.met() ? "yes" : "NO"));
        return table;
    }

    public String json() {
        ObjectNode document = Json.object();
        texts(document.putObject("setup"), setup.facts());
        texts(document.putObject("clients"), setup.versions());
        texts(document.putObject("leftOut"), setup.left());
        ArrayNode failures = document.putArray("failures");
        results.failures().forEach(failures::add);
        ArrayNode cases = document.putArray("cases");
        results.byCase().forEach((about, clients) -> {
            ObjectNode node = cases.addObject()
                    .put("load", about.load())
                    .put("roundTripMillis", about.roundTripMillis())
                    .put("state", about.state().words());
            ArrayNode list = node.putArray("clients");
            clients.forEach((client, samples) -> client(list.addObject().put("client", client),
                    samples));
        });
        ArrayNode goals = document.putArray("goals");
        CopyGoal.of(results, ours, parallel)
                .forEach(goal -> goals.addObject()
                        .put("goal", goal.what())
                        .put("bound", goal.bound())
                        .put("reached", goal.reached().orElse(0))
                        .put("met", goal.met()));
        return Json.write(document);
    }

    private static void client(ObjectNode node, List<CopySample> samples) {
        ObjectNode medians = node.putObject("medians");
        Figure.ALL.forEach(f -> medians.put(f.key(), f.median(samples)));
        ArrayNode all = node.putArray("samples");
        for (CopySample sample : samples) {
            ObjectNode one = all.addObject();
            Figure.ALL.forEach(f -> one.put(f.key(), f.value().applyAsDouble(sample)));
            ObjectNode kinds = one.putObject("requestsByKind");
            sample.requests().byKind().forEach(kinds::put);
        }
    }

    private static void texts(ObjectNode node, Map<String, String> values) {
        values.forEach(node::put);
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
