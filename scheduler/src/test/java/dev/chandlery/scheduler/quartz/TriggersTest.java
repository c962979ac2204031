package dev.chandlery.scheduler.quartz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.config.operation.JobKind;
import dev.chandlery.config.operation.JobSpec.Misfire;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.plan.CronTimes;
import dev.chandlery.scheduler.plan.JobPlan;
import dev.chandlery.scheduler.plan.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.spi.OperableTrigger;

/** What becomes of runs that were missed while nobody ran. */
class TriggersTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Timing HOURLY = new Timing.Calendar(new CronTimes("0 * * * *", ZoneId.of(
            "UTC")));
    private static final JobDetail JOB = JobBuilder.newJob(QuartzJob.class)
            .withIdentity("health", "chandlery")
            .build();

    private final Instant now = Instant.now();

    @Test
    void whatWasMissedRunsOnceAndNow() {
        for (Timing timing : new Timing[]{new Timing.Every(HOUR), HOURLY}) {
            OperableTrigger trigger = missed(timing, Misfire.RUN_ONCE);
            assertThat(next(trigger)).isBetween(now.minusSeconds(1), now.plusSeconds(60));
            trigger.triggered(null);
            assertThat(next(trigger)).as("once, of five that were missed").isAfter(Instant.now());
        }
    }

    @Test
    void whatWasMissedIsLeftOut() {
        for (Timing timing : new Timing[]{new Timing.Every(HOUR), HOURLY}) {
            assertThat(next(missed(timing, Misfire.SKIP))).isBetween(now, now.plus(HOUR)
                    .plusSeconds(
                            1));
        }
    }

    /** In the rhythm that it had. */
    @Test
    void anIntervalGoesOnWhereItWas() {
        OperableTrigger trigger = missed(new Timing.Every(HOUR), Misfire.SKIP);
        assertThat(Duration.between(last(), next(trigger)).toMillis() % HOUR.toMillis()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Misfire.class)
    void nothingIsMissedOfWhatNeverRan(Misfire misfire) {
        OperableTrigger trigger = trigger(HOURLY, misfire, Optional.empty());
        assertThat(next(trigger)).isAfter(now);
        OperableTrigger interval = trigger(new Timing.Every(HOUR), misfire, Optional.empty());
        assertThat(next(interval)).as("an interval begins at once")
                .isBetween(now.minusSeconds(1),
                        now.plusSeconds(1));
    }

    private Instant last() {
        return Instant.ofEpochMilli(now.toEpochMilli()).minus(Duration.ofMinutes(5 * 60 + 10));
    }

    private OperableTrigger missed(Timing timing, Misfire misfire) {
        OperableTrigger trigger = trigger(timing, misfire, Optional.of(last()));
        assertThat(next(trigger)).isBefore(now);
        trigger.updateAfterMisfire(null);
        return trigger;
    }

    private OperableTrigger trigger(Timing timing, Misfire misfire, Optional<Instant> last) {
        JobPlan plan = new JobPlan(JobName.of(JobKind.HEALTH), Optional.of(timing), misfire,
                Duration.ZERO, HOUR);
        OperableTrigger trigger = (OperableTrigger) Triggers.of(plan, JOB, last, now).getFirst();
        trigger.computeFirstFireTime(null);
        return trigger;
    }

    private static Instant next(OperableTrigger trigger) {
        return trigger.getNextFireTime().toInstant();
    }
}
