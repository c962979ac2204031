package dev.chandlery.scheduler.run;

import dev.chandlery.scheduler.plan.JobPlan;
import java.time.Duration;
import java.time.Instant;

/**
 * That a job is to run.
 *
 * @param plan of the job
 * @param scheduled when it was to start
 * @param reason who asks
 * @param delay after which it starts
 */
public record RunRequest(JobPlan plan, Instant scheduled, Reason reason, Duration delay) {

    /** Without delay. */
    public RunRequest(JobPlan plan, Instant scheduled, Reason reason) {
        this(plan, scheduled, reason, Duration.ZERO);
    }

    /** Who asks for a run. */
    public enum Reason {
        /** Its time has come. */
        CLOCK,
        /** The node that ran it is gone: what it began is to be done by another. */
        RECOVERY,
        /** A person, or another job. */
        HAND
    }
}
