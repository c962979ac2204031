package dev.chandlery.manager.transfer;

import dev.chandlery.config.tool.SelectionSpec;
import java.util.Set;

/**
 * How a run goes.
 *
 * @param what is copied
 * @param jobs most requests at a time at each registry
 * @param steps besides copying
 */
public record TransferOptions(SelectionSpec what, int jobs, Set<Step> steps) {

    /** What a run may do besides copying. */
    public enum Step {
        /** Write nothing; tell what would be done. */
        DRY_RUN,
        /** Remove tags that the source does not have. */
        PRUNE,
        /** Remove all of a repository's tags even where the source has none. */
        PRUNE_EMPTY,
        /** Read everything that was copied back, and compare it with its digest. */
        VERIFY
    }

    public TransferOptions {
        steps = Set.copyOf(steps);
        if (jobs < 1) {
            throw new IllegalArgumentException("expected 1 or more jobs");
        }
    }

    boolean has(Step step) {
        return steps.contains(step);
    }
}
