package dev.chandlery.config.operation;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a job runs. What is empty is decided by the job.
 *
 * @param enabled whether it runs by itself
 * @param cron expression of five fields; not together with {@code every}
 * @param every time between two starts
 * @param zone that {@code cron} is in; empty: the scheduler's
 * @param run how one run goes
 */
public record JobSpec(Optional<Boolean> enabled, Optional<String> cron, Optional<Duration> every,
        Optional<ZoneId> zone, Run run) {

    /** What happens to runs whose time passed while nobody could run them. */
    public enum Misfire {
        /** One run makes up for all of them, at once. */
        RUN_ONCE,
        /** They are left out. */
        SKIP
    }

    /**
     * How one run goes.
     *
     * @param misfire of runs that were missed
     * @param jitter longest time by which a run starts late, chosen anew for each
     * @param timeout after which it is interrupted; empty: the job's own
     */
    public record Run(Misfire misfire, Duration jitter, Optional<Duration> timeout) {}

    public JobSpec {
        if (cron.isPresent() && every.isPresent()) {
            throw new IllegalArgumentException("expected cron or every, not both");
        }
    }
}
