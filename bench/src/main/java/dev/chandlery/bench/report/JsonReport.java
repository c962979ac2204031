package dev.chandlery.bench.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Json;
import java.util.List;
import java.util.Map;

/** The same as {@link TextReport}, with all samples, for programs. */
public record JsonReport(Setup setup, Results results, List<Goal> goals) {

    public String text() {
        ObjectNode document = Json.object();
        texts(document.putObject("setup"), setup.facts());
        texts(document.putObject("servers"), setup.versions());
        texts(document.putObject("leftOut"), setup.left());
        ArrayNode loads = document.putArray("loads");
        results.byLoad().forEach((name, measured) -> load(loads.addObject(), name, measured));
        ArrayNode list = document.putArray("goals");
        for (Goal goal : goals) {
            double value = goal.value().applyAsDouble(results);
            if (value > 0) {
                list.addObject()
                        .put("goal", goal.what())
                        .put("bound", goal.bound())
                        .put("reached", value)
                        .put("met", goal.reached(value));
            }
        }
        return Json.write(document);
    }

    private static void load(ObjectNode node, String name, Results.LoadResults measured) {
        node.put("name", name).put("what", measured.what());
        ArrayNode servers = node.putArray("servers");
        measured.byPeer().forEach((peer, samples) -> {
            ObjectNode server = servers.addObject().put("server", peer);
            ObjectNode medians = server.putObject("medians");
            for (Measure measure : Measure.ALL) {
                medians.put(measure.key(), measure.median(samples));
            }
            ArrayNode all = server.putArray("samples");
            for (Sample sample : samples) {
                ObjectNode one = all.addObject();
                for (Measure measure : Measure.ALL) {
                    one.put(measure.key(), measure.of(sample));
                }
            }
        });
    }

    private static void texts(ObjectNode node, Map<String, String> values) {
        values.forEach(node::put);
    }
}
