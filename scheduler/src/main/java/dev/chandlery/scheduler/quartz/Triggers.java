package dev.chandlery.scheduler.quartz;

import dev.chandlery.config.operation.JobSpec.Misfire;
import dev.chandlery.scheduler.plan.CronTimes;
import dev.chandlery.scheduler.plan.JobPlan;
import dev.chandlery.scheduler.plan.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronScheduleBuilder;
import org.quartz.JobDetail;
import org.quartz.ScheduleBuilder;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;

/**
 * Triggers of a plan. They begin where the last run was, so that what was missed since, in whatever process,
 * is a misfire to Quartz. Their descriptions tell all that they were made of.
 */
final class Triggers {
    private Triggers() {}

    /** @param lastRun one of the future was written by a clock that was wrong, and does not count */
    static List<Trigger> of(JobPlan plan, JobDetail job, Optional<Instant> lastRun, Instant now) {
        Optional<Instant> last = lastRun.filter(at -> !at.isAfter(now));
        return switch (plan.timing().orElseThrow()) {
            case Timing.Every(Duration period) -> List.of(trigger(plan, job, 0, last.map(at -> at
                    .plus(period)).orElse(now), every(period, plan.misfire())));
            case Timing.Calendar(CronTimes times) -> calendar(plan, job, times, last.map(at -> at
                    .plusMillis(1)).orElse(now));
        };
    }

    private static List<Trigger> calendar(JobPlan plan, JobDetail job, CronTimes times,
            Instant start) {
        List<Trigger> triggers = new ArrayList<>();
        for (String expression : times.expressions()) {
            CronScheduleBuilder schedule = CronScheduleBuilder.cronSchedule(expression)
                    .inTimeZone(TimeZone.getTimeZone(times.clockZone()));
            triggers.add(trigger(plan, job, triggers.size(), start, switch (plan.misfire()) {
                case RUN_ONCE -> schedule.withMisfireHandlingInstructionFireAndProceed();
                case SKIP -> schedule.withMisfireHandlingInstructionDoNothing();
            }));
        }
        return triggers;
    }

    private static ScheduleBuilder<?> every(Duration period, Misfire misfire) {
        SimpleScheduleBuilder schedule = SimpleScheduleBuilder.simpleSchedule()
                .withIntervalInMilliseconds(period.toMillis())
                .repeatForever();
        return switch (misfire) {
            case RUN_ONCE -> schedule.withMisfireHandlingInstructionNowWithRemainingCount();
            case SKIP -> schedule.withMisfireHandlingInstructionNextWithRemainingCount();
        };
    }

    private static Trigger trigger(JobPlan plan, JobDetail job, int number, Instant start,
            ScheduleBuilder<?> schedule) {
        return TriggerBuilder.newTrigger()
                .withIdentity(plan.name() + "#" + number, job.getKey().getGroup())
                .withDescription(plan.timing().orElseThrow() + ", " + plan.misfire())
                .forJob(job)
                .startAt(Date.from(start))
                .withSchedule(schedule)
                .build();
    }
}
