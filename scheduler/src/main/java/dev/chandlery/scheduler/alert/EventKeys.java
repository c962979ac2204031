package dev.chandlery.scheduler.alert;

import dev.chandlery.oci.Digest;
import dev.chandlery.scheduler.history.Deliveries.Pending;
import dev.chandlery.scheduler.history.Incident;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Names by which a receiver knows what it was told already: a process that is killed between telling and
 * writing that down is followed by one that tells it again. Incidents' numbers would not do, as they begin anew
 * when the history is forgotten.
 */
final class EventKeys {
    private static final int LENGTH = 32;

    private EventKeys() {}

    /** Of one change; the same whenever it is told. */
    static String of(Pending pending) {
        Incident incident = pending.incident();
        return key(incident.finding().kind().label() + " " + incident.opened().toEpochMilli() + " "
                + (pending.resolved() ? "resolved" : "open") + " " + incident.finding().subject());
    }

    /** Of a message: the same whenever the same changes are told together. */
    static String of(Message message) {
        return key(message.place() + " " + message.all()
                .stream()
                .map(EventKeys::of)
                .collect(Collectors.joining(" ")));
    }

    private static String key(String text) {
        return Digest.ofBytes(text.getBytes(StandardCharsets.UTF_8))
                .encoded()
                .substring(0, LENGTH);
    }
}
