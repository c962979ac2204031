package dev.chandlery.scheduler.alert;

import dev.chandlery.scheduler.history.Deliveries.Pending;
import java.time.Instant;
import java.util.List;

/**
 * What people are told at once.
 *
 * @param place registry that it is about
 * @param all what is wrong since, and what is well again, oldest first
 * @param at when it is sent
 */
public record Message(String place, List<Pending> all, Instant at) {

    public Message {
        all = List.copyOf(all);
    }

    /** {@code failing}, {@code recovered}, or {@code changed} for some of both. */
    String status() {
        boolean wrong = all.stream().anyMatch(each -> !each.resolved());
        boolean well = all.stream().anyMatch(Pending::resolved);
        if (wrong && well) {
            return "changed";
        }
        return wrong ? "failing" : "recovered";
    }
}
