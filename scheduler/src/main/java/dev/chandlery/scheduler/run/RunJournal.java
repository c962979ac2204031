package dev.chandlery.scheduler.run;

import dev.chandlery.oci.OciException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.scheduler.history.IncidentChanges;
import dev.chandlery.scheduler.history.Incidents;
import dev.chandlery.scheduler.history.RunFilter;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.job.Finding;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Outcome;
import dev.chandlery.scheduler.job.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Writes down what runs. How a run ended is worth some patience with a database that is away. */
final class RunJournal {
    private static final System.Logger LOG = System.getLogger(RunJournal.class.getName());
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int ID_BYTES = 6;

    private final JobRunner.Parts parts;
    private final Executions executions;

    RunJournal(JobRunner.Parts parts, Executions executions) {
        this.parts = parts;
        this.executions = executions;
    }

    RunRecord begin(RunRequest request, int attempt) {
        Instant now = parts.setting().now();
        RunRecord run = new RunRecord(newId(request.plan().name()), request.plan().name(),
                new RunRecord.Times(request.scheduled(), now, Optional.empty()), parts.setting()
                        .node(), attempt, Result.RUNNING, "");
        parts.history().begin(run);
        return run;
    }

    /** For the log. */
    void tell(RunRecord begun) {
        LOG.log(System.Logger.Level.INFO, () -> begun.job() + " begins" + (begun.attempt() > 1
                ? ", attempt " + begun.attempt()
                : ""));
    }

    RunRecord end(RunRecord run, Outcome outcome) {
        Instant now = parts.setting().now();
        LOG.log(outcome.result().isFailure()
                ? System.Logger.Level.ERROR
                : System.Logger.Level.INFO, () -> run.job() + " " + outcome.result().label() + ": "
                        + outcome.summary());
        patiently(() -> {
            parts.history().end(run.id(), now, outcome.result(), outcome.summary());
            return true;
        });
        forget(now);
        return new RunRecord(run.id(), run.job(), new RunRecord.Times(run.times().scheduled(), run
                .times()
                .started(), Optional.of(now)), run.node(), run.attempt(), outcome.result(), outcome
                        .summary());
    }

    private void forget(Instant now) {
        try {
            parts.history().prune(now.minus(parts.setting().keep()));
        } catch (OciException e) {
            LOG.log(System.Logger.Level.WARNING, e.getMessage()); // the next run tries again
        }
    }

    /** What is wrong since, and what is well again. */
    IncidentChanges note(JobName job, Outcome outcome) {
        return patiently(() -> {
            Instant now = parts.setting().now();
            Incidents incidents = parts.incidents();
            IncidentChanges changes = incidents.observe(now, outcome.found(), outcome.covered());
            if (outcome.result().isFailure()) {
                return changes.and(incidents.observe(now, List.of(new Finding(Finding.Kind.JOB, job
                        .toString(), outcome.summary())), Set.of()));
            }
            return outcome.result().isConclusive()
                    ? changes.and(incidents.resolve(now, Finding.Kind.JOB, job.toString()))
                    : changes;
        });
    }

    /** That it was not run, as it runs already. */
    RunRecord skip(RunRequest request) {
        JobName job = request.plan().name();
        Instant now = parts.setting().now();
        String where = parts.history()
                .runs(new RunFilter(Optional.of(job), Optional.of(Result.RUNNING), Optional.empty(),
                        1))
                .stream()
                .map(run -> " on " + run.node() + " since " + run.times().started())
                .findFirst()
                .orElse("");
        RunRecord run = new RunRecord(newId(job), job, new RunRecord.Times(request.scheduled(), now,
                Optional.of(now)), parts.setting().node(), 1, Result.SKIPPED, "runs already"
                        + where);
        parts.history().begin(run);
        parts.history().end(run.id(), now, run.result(), run.summary());
        return run;
    }

    /** Tries again for a while, unless somebody wants an end: the work is done, and should count. */
    private <T> T patiently(Supplier<T> write) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return write.get();
            } catch (StorageException e) {
                LOG.log(System.Logger.Level.WARNING, e.getMessage());
                if (System.nanoTime() > deadline || !executions.pause(pause)) {
                    throw e;
                }
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            }
        }
    }

    /** Short enough for a line, and never the same twice in one history. */
    private static String newId(JobName job) {
        byte[] random = new byte[ID_BYTES];
        ThreadLocalRandom.current().nextBytes(random);
        return job.kind().label() + "-" + HexFormat.of().formatHex(random);
    }
}
