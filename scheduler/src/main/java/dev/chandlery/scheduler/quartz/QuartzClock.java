package dev.chandlery.scheduler.quartz;

import dev.chandlery.oci.StorageException;
import dev.chandlery.scheduler.history.PostgresStore;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.plan.JobPlan;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;

/**
 * Quartz's scheduler: in memory, or in a PostgreSQL that it shares with others. Closing it waits for what
 * runs, unless that was given up.
 */
public final class QuartzClock implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(QuartzClock.class.getName());
    private static final String GROUP = "chandlery";

    private final Scheduler scheduler;
    private volatile boolean patient = true;
    private final Function<JobName, Optional<Instant>> lastRuns;

    private QuartzClock(Scheduler scheduler, Function<JobName, Optional<Instant>> lastRuns) {
        this.scheduler = scheduler;
        this.lastRuns = lastRuns;
    }

    /**
     * Sets it up; nothing runs yet.
     *
     * @param node name of this process, different from those of all others
     * @param database shared with others; empty to keep all in memory
     * @param lastRuns when each job ran last, from which missed runs are told
     * @param firing runs jobs
     */
    public static QuartzClock open(String node, Optional<PostgresStore> database,
            Function<JobName, Optional<Instant>> lastRuns, QuartzJob.Firing firing) {
        try {
            StdSchedulerFactory factory = new StdSchedulerFactory(QuartzSettings.of(node,
                    database));
            Scheduler scheduler = factory.getScheduler();
            scheduler.setJobFactory((_, _) -> new QuartzJob(firing));
            return new QuartzClock(scheduler, lastRuns);
        } catch (SchedulerException e) {
            throw failure("set up", e);
        }
    }

    /** Begins to run jobs. */
    public void start() {
        try {
            scheduler.start();
        } catch (SchedulerException e) {
            throw failure("start", e);
        }
    }

    /**
     * Takes over these plans: what is new or differs is scheduled, what is no more is removed, and what is as
     * it was keeps its next time.
     */
    public void apply(List<JobPlan> plans) {
        Map<JobKey, JobPlan> wanted = new TreeMap<>();
        plans.stream()
                .filter(plan -> plan.timing().isPresent())
                .forEach(plan -> wanted.put(key(plan.name()), plan));
        try {
            for (JobKey known : scheduler.getJobKeys(GroupMatcher.jobGroupEquals(GROUP))) {
                if (!wanted.containsKey(known)) {
                    LOG.log(System.Logger.Level.INFO, "{0} is no longer scheduled", known
                            .getName());
                    scheduler.deleteJob(known);
                }
            }
            for (JobPlan plan : wanted.values()) {
                apply(plan);
            }
        } catch (SchedulerException e) {
            throw failure("schedule jobs", e);
        }
    }

    private void apply(JobPlan plan) throws SchedulerException {
        JobDetail detail = JobBuilder.newJob(QuartzJob.class)
                .withIdentity(key(plan.name()))
                .requestRecovery()
                .build();
        Set<Trigger> triggers = new HashSet<>(Triggers.of(plan, detail, lastRuns.apply(plan
                .name()), Instant.now()));
        Set<Trigger> stale = scheduler.getTriggersOfJob(detail.getKey())
                .stream()
                .filter(trigger -> trigger.getKey().getGroup().equals(GROUP)) // not what was handed over
                .collect(Collectors.toCollection(HashSet::new));
        if (fingerprints(stale).equals(fingerprints(triggers))) {
            return;
        }
        stale.removeAll(triggers);
        scheduler.scheduleJob(detail, triggers, true);
        for (Trigger trigger : stale) {
            scheduler.unscheduleJob(trigger.getKey());
        }
    }

    private static Set<String> fingerprints(Iterable<? extends Trigger> triggers) {
        Set<String> all = new HashSet<>();
        triggers.forEach(each -> all.add(each.getKey().getName() + " " + each.getDescription()));
        return all;
    }

    /** Names of all jobs that are scheduled. */
    public Set<String> scheduled() {
        try {
            return scheduler.getJobKeys(GroupMatcher.jobGroupEquals(GROUP))
                    .stream()
                    .map(JobKey::getName)
                    .collect(Collectors.toSet());
        } catch (SchedulerException e) {
            throw failure("list jobs", e);
        }
    }

    /** Begins nothing more; what runs goes on. */
    public void pause() {
        try {
            scheduler.standby();
        } catch (SchedulerException e) {
            throw failure("stop", e);
        }
    }

    /** From now on, closing does not wait for what runs: it does not end. */
    public void abandon() {
        patient = false;
    }

    @Override
    public void close() {
        try {
            scheduler.shutdown(patient);
        } catch (SchedulerException e) {
            throw failure("stop", e);
        }
    }

    private static JobKey key(JobName name) {
        return new JobKey(name.toString(), GROUP);
    }

    private static StorageException failure(String what, SchedulerException e) {
        return new StorageException("cannot " + what + " in the scheduler: " + e.getMessage(), e);
    }
}
