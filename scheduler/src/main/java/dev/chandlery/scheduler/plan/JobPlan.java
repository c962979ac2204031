package dev.chandlery.scheduler.plan;

import dev.chandlery.config.operation.JobSpec;
import dev.chandlery.scheduler.job.JobName;
import java.time.Duration;
import java.util.Optional;

/**
 * One job and when it runs.
 *
 * @param name of the job
 * @param timing empty: only when asked
 * @param misfire what happens to runs that were missed
 * @param jitter longest time by which a run starts late
 * @param timeout after which a run is interrupted
 */
public record JobPlan(JobName name, Optional<Timing> timing, JobSpec.Misfire misfire,
        Duration jitter, Duration timeout) {}
