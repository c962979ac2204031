package dev.chandlery.publisher.plan;

import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.publisher.tags.Retraction;
import dev.chandlery.publisher.tags.TagMove;
import java.util.List;

/**
 * What is to change at one tool besides new versions.
 *
 * @param tool from registry.yaml
 * @param retractions versions that upstream took back, or offers again, since that was looked at last
 * @param moves floating tags, as they will be when all of the plan succeeds
 */
public record ToolUpkeep(ToolSpec tool, List<Retraction> retractions, List<TagMove> moves) {

    public ToolUpkeep {
        retractions = List.copyOf(retractions);
        moves = List.copyOf(moves);
    }

    public boolean pending() {
        return !retractions.isEmpty() || !moves.isEmpty();
    }
}
