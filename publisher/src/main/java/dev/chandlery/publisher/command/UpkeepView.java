package dev.chandlery.publisher.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Json;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.publisher.drift.DriftIncident;
import dev.chandlery.publisher.plan.Waiting;
import dev.chandlery.publisher.tags.Retraction;
import dev.chandlery.publisher.tags.TagMove;
import java.time.Instant;
import java.util.List;

/** What besides new versions is told, for programs: what waits, floating tags, what was taken back, drift. */
final class UpkeepView {

    private UpkeepView() {}

    static ArrayNode waiting(List<Waiting> waiting) {
        ArrayNode list = Json.array();
        for (Waiting one : waiting) {
            ObjectNode node = list.addObject()
                    .put("tool", one.tool())
                    .put("version", one
                            .version());
            switch (one.cause()) {
                case Waiting.TooYoung(Instant due) -> node.put("reason", "minimum-release-age")
                        .put(
                                "due", due.toString());
                case Waiting.Incomplete(List<PlatformName> lacking) -> {
                    ArrayNode names = node.put("reason", "incomplete").putArray("lacking");
                    lacking.forEach(platform -> names.add(platform.value()));
                }
            }
        }
        return list;
    }

    static ArrayNode moves(List<TagMove> moves) {
        ArrayNode list = Json.array();
        for (TagMove move : moves) {
            ObjectNode node = list.addObject()
                    .put("tool", move.tool())
                    .put("tag", move.tag()
                            .value());
            node.put("from", move.from().orElse(null)).put("to", move.to().orElse(null));
        }
        return list;
    }

    static ArrayNode retractions(List<Retraction> retractions) {
        ArrayNode list = Json.array();
        for (Retraction retraction : retractions) {
            ObjectNode node = list.addObject()
                    .put("tool", retraction.tool())
                    .put("version",
                            retraction.version());
            node.put("state", retraction.restored() ? "restored" : "retracted");
            if (!retraction.reason().isEmpty()) {
                node.put("reason", retraction.reason());
            }
        }
        return list;
    }

    /** Adds what an incident says to a document about its platform. */
    static ObjectNode drift(ObjectNode node, DriftIncident incident) {
        node.put("file", incident.change().file());
        node.put("accepted", incident.change().accepted().toString());
        node.put("observed", incident.change().observed());
        node.put("found", incident.found().toString());
        node.put("digest", incident.manifest().digest().toString());
        node.put("state", incident.state().label());
        incident.decision().ifPresent(decision -> {
            node.put("decided_by", decision.by());
            node.put("decided_at", decision.at().toString());
            node.put("reason", decision.reason());
        });
        return node;
    }
}
