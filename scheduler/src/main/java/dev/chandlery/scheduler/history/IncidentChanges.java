package dev.chandlery.scheduler.history;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a run changed of what is known to be wrong.
 *
 * @param opened what is wrong since now
 * @param resolved what is well again
 */
public record IncidentChanges(List<Incident> opened, List<Incident> resolved) {
    public IncidentChanges {
        opened = List.copyOf(opened);
        resolved = List.copyOf(resolved);
    }

    /** These and those. */
    public IncidentChanges and(IncidentChanges more) {
        return new IncidentChanges(Stream.concat(opened.stream(), more.opened().stream()).toList(),
                Stream.concat(resolved.stream(), more.resolved().stream()).toList());
    }
}
