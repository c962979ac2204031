package dev.chandlery.scheduler.measure;

import dev.chandlery.cli.metrics.Metric;
import dev.chandlery.cli.metrics.Metrics;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Result;
import dev.chandlery.scheduler.run.RunListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs of jobs are counted and timed, by how they ended in the history. */
public final class MeasuredRuns implements RunListener {
    private final Metrics metrics;
    private final InstantSource clock;
    private final AtomicInteger running = new AtomicInteger();

    public MeasuredRuns(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void began(JobName job) {
        metrics.set(Metric.JOBS_RUNNING, running.incrementAndGet());
    }

    @Override
    public void ended(JobName job, Result result, Duration took) {
        metrics.set(Metric.JOBS_RUNNING, running.decrementAndGet());
        metrics.record(Metric.JOBS, took, job.toString(), result.label());
        if (result == Result.DONE || result == Result.NOTHING_TO_DO) {
            metrics.set(Metric.JOB_LAST_SUCCESS, (double) clock.instant().getEpochSecond(), job
                    .toString());
        }
    }
}
