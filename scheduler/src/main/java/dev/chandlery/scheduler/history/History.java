package dev.chandlery.scheduler.history;

import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Result;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What ran, and how it ended. Methods throw {@link dev.chandlery.oci.StorageException}. */
public interface History {

    /** Writes down that a run begins. */
    void begin(RunRecord run);

    /** Writes down how it ended. */
    void end(String id, Instant at, Result result, String summary);

    /**
     * Runs of that job that go on are lost: to be called by who holds the job's lock.
     *
     * @return how many
     */
    int markLost(JobName job);

    /** Runs, the latest first. */
    List<RunRecord> runs(RunFilter filter);

    /** Runs of that job that were to start at that time, the latest first. */
    List<RunRecord> at(JobName job, Instant scheduled);

    /** The latest run of that job that began, whatever became of it. */
    Optional<RunRecord> last(JobName job);

    /** The latest run of that job that says how the job is. */
    Optional<RunRecord> lastConclusive(JobName job);

    /**
     * Forgets runs that began, and incidents that were resolved, before that time.
     *
     * @return how many runs; those that go on stay
     */
    int prune(Instant before);
}
