package dev.chandlery.scheduler.run;

import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.endpoint.MirrorSpec;
import dev.chandlery.config.operation.JobKind;
import dev.chandlery.scheduler.history.RunRecord;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.job.Result;
import dev.chandlery.scheduler.plan.JobPlan;
import dev.chandlery.scheduler.plan.JobPlans;
import dev.chandlery.scheduler.plan.Timing;
import dev.chandlery.scheduler.run.RunRequest.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Runs the jobs of a configuration when their time comes, and those that follow them. */
public final class Service {
    private final Supplier<ConfigSpec> config;
    private final JobRunner runner;
    private final InstantSource clock;

    /** @param config as it is now */
    public Service(Supplier<ConfigSpec> config, JobRunner runner, InstantSource clock) {
        this.config = config;
        this.runner = runner;
        this.clock = clock;
    }

    /**
     * The time of that job has come; blocks until it ended. Whether nothing is left to do for that time, as there
     * is where this process stops before the job has ended.
     */
    public boolean fire(JobName job, Instant scheduled, Reason reason) {
        Optional<JobPlan> plan = JobPlans.find(config.get(), job);
        if (plan.isEmpty() || !isMeant(plan.get(), scheduled, reason)) {
            return true;
        }
        Optional<RunRecord> run = runner.run(new RunRequest(plan.get(), scheduled, reason, delay(
                plan.get(), reason)));
        run.ifPresent(this::follow);
        return run.map(ended -> ended.result() != Result.STOPPED)
                .orElseGet(() -> !runner.isStopping());
    }

    /**
     * Runs that job now, as somebody asked for it.
     *
     * @throws IllegalArgumentException when there is no such job
     */
    public Optional<RunRecord> now(JobName job) {
        JobPlan plan = JobPlans.find(config.get(), job)
                .orElseThrow(() -> new IllegalArgumentException("no such job: " + job));
        Optional<RunRecord> run = runner.run(new RunRequest(plan, clock.instant(), Reason.HAND));
        run.ifPresent(this::follow);
        return run;
    }

    /** What was left by processes that ended without a word is told apart in the history. */
    public void markLost() {
        runner.markLost();
    }

    /** Quartz cannot narrow days of the week by those of the month. */
    private static boolean isMeant(JobPlan plan, Instant scheduled, Reason reason) {
        return reason != Reason.CLOCK || !(plan.timing()
                .orElse(null) instanceof Timing.Calendar(var times)) || times.covers(scheduled);
    }

    static Duration delay(JobPlan plan, Reason reason) {
        Duration jitter = plan.jitter();
        return reason != Reason.CLOCK || jitter.isZero()
                ? Duration.ZERO
                : Duration.ofMillis(ThreadLocalRandom.current().nextLong(jitter.toMillis() + 1));
    }

    /** Mirrors that are brought up to date after each publishing. */
    private void follow(RunRecord done) {
        boolean published = done.job().kind() == JobKind.PUBLISH && (done.result() == Result.DONE
                || done.result() == Result.PARTLY);
        if (!published) {
            return;
        }
        config.get()
                .mirrors()
                .values()
                .stream()
                .filter(mirror -> mirror.when()
                        .filter(MirrorSpec.AFTER_PUBLISH::equals)
                        .isPresent())
                .map(mirror -> new JobName(JobKind.MIRROR, Optional.of(mirror.name())))
                .forEach(this::now);
    }
}
