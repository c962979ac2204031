package dev.chandlery.scheduler.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chandlery.cli.Json;
import dev.chandlery.scheduler.history.Incident;
import dev.chandlery.scheduler.history.RunRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Runs and incidents as programs read them. */
final class RunJson {
    private RunJson() {}

    static ObjectNode of(RunRecord run) {
        ObjectNode node = Json.object()
                .put("id", run.id())
                .put("job", run.job().toString())
                .put("result", run.result().label())
                .put("summary", run.summary())
                .put("scheduled", text(run.times().scheduled()))
                .put("started", text(run.times().started()));
        run.times().ended().ifPresent(end -> node.put("ended", text(end)));
        run.duration().ifPresent(time -> node.put("duration_ms", time.toMillis()));
        return node.put("node", run.node()).put("attempt", run.attempt());
    }

    static ObjectNode of(Incident incident) {
        ObjectNode node = Json.object()
                .put("id", incident.id())
                .put("kind", incident.finding().kind().label())
                .put("subject", incident.finding().subject())
                .put("open", incident.isOpen())
                .put("text", incident.finding().text())
                .put("opened", text(incident.opened()))
                .put("seen", text(incident.seen()));
        incident.resolved().ifPresent(end -> node.put("resolved", text(end)));
        return node;
    }

    static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
