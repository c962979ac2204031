package dev.chandlery.scheduler.run;

import dev.chandlery.scheduler.history.History;
import dev.chandlery.scheduler.history.RunFilter;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Result;
import dev.chandlery.scheduler.lock.JobLocks;
import java.util.Optional;

/** Runs of processes that ended without a word: nobody holds their jobs' locks. */
public final class LostRuns {
    private static final System.Logger LOG = System.getLogger(LostRuns.class.getName());

    private LostRuns() {}

    /** Tells them apart from what runs. */
    public static void mark(History history, JobLocks locks) {
        history.runs(new RunFilter(Optional.empty(), Optional.of(Result.RUNNING), Optional.empty(),
                RunFilter.MOST))
                .stream()
                .map(RunRecord::job)
                .distinct()
                .forEach(job -> locks.tryTake(job.toString()).ifPresent(lock -> {
                    try (lock) {
                        mark(history, job);
                    }
                }));
    }

    /** To be called with the job's lock. */
    static void mark(History history, JobName job) {
        if (history.markLost(job) > 0) {
            LOG.log(System.Logger.Level.WARNING, "{0}: a run ended without a word", job);
        }
    }
}
