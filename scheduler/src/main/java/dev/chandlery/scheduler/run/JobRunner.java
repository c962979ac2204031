package dev.chandlery.scheduler.run;

import dev.chandlery.oci.concurrent.RunId;
import dev.chandlery.scheduler.alert.Alerts;
import dev.chandlery.scheduler.history.History;
import dev.chandlery.scheduler.history.IncidentChanges;
import dev.chandlery.scheduler.history.Incidents;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import dev.chandlery.scheduler.lock.JobLocks;
import dev.chandlery.scheduler.plan.JobPlan;
import dev.chandlery.scheduler.run.RunRequest.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs jobs, one run of each at a time wherever they are asked for: takes the job's lock, writes the run
 * down, does it within its time, and notes what is wrong since or well again. A run that another node, or
 * this process when it was killed, has left is told apart by the lock: who holds it knows that no other
 * runs the job.
 *
 * <p><b>Concurrency:</b> thread-safe; {@link #run} blocks until the job has ended.
 */
public final class JobRunner {
    /** How long a run that takes over waits for the database to let go of the lost one's lock. */
    private static final Duration RECOVERY_PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(250);
    /** A run that began later than this from now was written by a clock that was wrong. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);

    private final Parts parts;
    private final Executions executions;
    private final RunJournal journal;

    /**
     * What runs need.
     *
     * @param history where they are written down
     * @param incidents what is wrong
     * @param locks of the jobs
     * @param alerts told of what changes
     * @param setting where they run
     */
    public record Parts(History history, Incidents incidents, JobLocks locks, Alerts alerts,
            Setting setting) {}

    public JobRunner(Parts parts, Executions executions) {
        this.parts = parts;
        this.executions = executions;
        this.journal = new RunJournal(parts, executions);
    }

    /**
     * Runs the job; the result is what was written down. Empty when there was nothing to run: the same run
     * was done already, or this process is about to stop.
     */
    public Optional<RunRecord> run(RunRequest request) {
        JobName job = request.plan().name();
        if (executions.isStopping() || !executions.pause(request.delay())) {
            return Optional.empty();
        }
        Optional<JobLocks.Held> taken = take(request);
        if (taken.isEmpty()) {
            return executions.isStopping() ? Optional.empty() : Optional.of(journal.skip(request));
        }
        Ended ended;
        try (JobLocks.Held _ = taken.get()) {
            LostRuns.mark(parts.history(), job);
            List<RunRecord> earlier = parts.history().at(job, request.scheduled());
            if (request.reason() != Reason.HAND && isDone(request)) {
                return Optional.empty();
            }
            RunRecord begun = journal.begin(request, 1 + earlier.stream()
                    .filter(run -> run.result() != Result.SKIPPED)
                    .mapToInt(RunRecord::attempt)
                    .max()
                    .orElse(0));
            ended = RunId.with(begun.id(), () -> execute(request.plan(), begun));
        }
        parts.alerts().tell(ended.changes());
        return Optional.of(ended.run());
    }

    private record Ended(RunRecord run, IncidentChanges changes) {}

    /** All that is logged meanwhile has the run's id, how it ended too. */
    private Ended execute(JobPlan plan, RunRecord begun) {
        journal.tell(begun);
        Outcome outcome = executions.execute(plan, begun.id());
        return new Ended(journal.end(begun, outcome), journal.note(plan.name(), outcome));
    }

    /** Whether nothing new begins here. */
    boolean isStopping() {
        return executions.isStopping();
    }

    /** Runs of processes that ended without a word are told apart now, not when their jobs are due next. */
    public void markLost() {
        LostRuns.mark(parts.history(), parts.locks());
    }

    /**
     * Whether a run that began at that time or later has made up for it: of two triggers that stand for one
     * expression, of several misfires, of a run that another node has finished meanwhile.
     */
    private boolean isDone(RunRequest request) {
        Instant latest = parts.setting().now().plus(CLOCK_TOLERANCE);
        return parts.history()
                .lastConclusive(request.plan().name())
                .map(last -> last.times().started())
                .filter(started -> !started.isBefore(request.scheduled()))
                .filter(started -> started.isBefore(latest))
                .isPresent();
    }

    private Optional<JobLocks.Held> take(RunRequest request) {
        String name = request.plan().name().toString();
        Optional<JobLocks.Held> taken = parts.locks().tryTake(name);
        long patience = request.reason() == Reason.RECOVERY
                ? RECOVERY_PATIENCE.dividedBy(PAUSE)
                : 0;
        for (long i = 0; i < patience && taken.isEmpty() && executions.pause(PAUSE); i++) {
            taken = parts.locks().tryTake(name);
        }
        return taken;
    }
}
