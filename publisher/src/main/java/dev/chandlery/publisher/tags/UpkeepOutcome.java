package dev.chandlery.publisher.tags;

import java.util.List;

/**
 * What changed at one tool besides new versions.
 *
 * @param tool its name
 * @param retractions that were recorded
 * @param moves floating tags that were moved
 * @param failures what could not be done, for people
 */
public record UpkeepOutcome(String tool, List<Retraction> retractions, List<TagMove> moves,
        List<String> failures) {

    public UpkeepOutcome {
        retractions = List.copyOf(retractions);
        moves = List.copyOf(moves);
        failures = List.copyOf(failures);
    }

    public boolean isEmpty() {
        return retractions.isEmpty() && moves.isEmpty() && failures.isEmpty();
    }
}
