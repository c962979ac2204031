package dev.chandlery.scheduler.quartz;

import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.run.RunRequest.Reason;
import java.time.Instant;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/** What Quartz runs for all jobs; its name is in the tables of running clusters. */
@DisallowConcurrentExecution
public final class QuartzJob implements Job {
    private final Firing firing;

    /** Is told that the time of a job has come. */
    @FunctionalInterface
    public interface Firing {

        /** Runs the job; blocking. Whether nothing is left to do for that time. */
        boolean fire(JobName job, Instant scheduled, Reason reason);
    }

    QuartzJob(Firing firing) {
        this.firing = firing;
    }

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        JobName job = JobName.parse(context.getJobDetail().getKey().getName());
        boolean handed = !context.getTrigger()
                .getKey()
                .getGroup()
                .equals(context.getJobDetail().getKey().getGroup());
        boolean done = context.isRecovering()
                ? firing.fire(job, lost(context), Reason.RECOVERY)
                : firing.fire(job, context.getScheduledFireTime().toInstant(), handed
                        ? Reason.RECOVERY
                        : Reason.CLOCK);
        if (!done) {
            handOver(context);
        }
    }

    /** What this node cannot end is begun by another now; alone, it is a missed run at the next start. */
    private static void handOver(JobExecutionContext context) throws JobExecutionException {
        try {
            Scheduler scheduler = context.getScheduler();
            if (scheduler.getMetaData().isJobStoreClustered()) {
                scheduler.triggerJob(context.getJobDetail().getKey());
            }
        } catch (SchedulerException e) {
            throw new JobExecutionException("cannot hand over " + context.getJobDetail()
                    .getKey()
                    .getName() + ": " + e.getMessage(), e);
        }
    }

    /** When the run was to start that is taken over. */
    private static Instant lost(JobExecutionContext context) {
        String millis = context.getMergedJobDataMap()
                .getString(
                        Scheduler.FAILED_JOB_ORIGINAL_TRIGGER_SCHEDULED_FIRETIME_IN_MILLISECONDS);
        return millis == null
                ? context.getScheduledFireTime().toInstant()
                : Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
