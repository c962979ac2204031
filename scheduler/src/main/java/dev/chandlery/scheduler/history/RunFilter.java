package dev.chandlery.scheduler.history;

import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Result;
import java.time.Instant;
import java.util.Optional;

/**
 * Which runs to tell of.
 *
 * @param job that one only
 * @param result those only
 * @param since started then or later
 * @param most of them, the latest
 */
public record RunFilter(Optional<JobName> job, Optional<Result> result, Optional<Instant> since,
        int most) {
    /** More than fits a screen, and few enough for memory. */
    public static final int MOST = 10_000;

    /** The latest of all. */
    public static RunFilter latest(int most) {
        return new RunFilter(Optional.empty(), Optional.empty(), Optional.empty(), most);
    }

    public RunFilter {
        if (most < 1 || most > MOST) {
            throw new IllegalArgumentException("expected 1 to " + MOST + " runs, got " + most);
        }
    }
}
