package dev.chandlery.scheduler.job;

import java.util.List;
import java.util.Set;

/**
 * How one run of a job ended.
 *
 * @param result in a word
 * @param summary in a line, without secrets
 * @param found what is wrong
 * @param covered kinds of which {@code found} tells all there is: what it does not tell is well again
 */
public record Outcome(Result result, String summary, List<Finding> found,
        Set<Finding.Kind> covered) {

    public Outcome {
        found = List.copyOf(found);
        covered = Set.copyOf(covered);
    }

    /** Without anything that is wrong outside of the job itself. */
    public static Outcome of(Result result, String summary) {
        return new Outcome(result, summary, List.of(), Set.of());
    }
}
