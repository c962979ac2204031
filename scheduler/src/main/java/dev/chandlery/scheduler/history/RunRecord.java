package dev.chandlery.scheduler.history;

import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of a job.
 *
 * @param id that its log lines and requests bear, too
 * @param job that ran
 * @param times of it
 * @param node that ran it
 * @param attempt 1, or more where a run takes over one that was lost
 * @param result how it ended, or that it goes on
 * @param summary in a line
 */
public record RunRecord(String id, JobName job, Times times, String node, int attempt,
        Result result, String summary) {

    /**
     * Times of a run.
     *
     * @param scheduled when it was to start; when it was asked for, of runs by hand
     * @param started when it did
     * @param ended empty while it goes on, and of lost runs
     */
    public record Times(Instant scheduled, Instant started, Optional<Instant> ended) {}

    /** How long it took; empty while it goes on, and of lost runs. */
    public Optional<Duration> duration() {
        return times.ended().map(end -> Duration.between(times.started(), end));
    }
}
