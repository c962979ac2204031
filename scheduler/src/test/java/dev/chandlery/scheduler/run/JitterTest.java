package dev.chandlery.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.config.operation.JobKind;
import dev.chandlery.config.operation.JobSpec.Misfire;
import dev.chandlery.scheduler.job.JobName;
import dev.chandlery.scheduler.plan.JobPlan;
import dev.chandlery.scheduler.run.RunRequest.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JitterTest {
    private static final Duration MOST = Duration.ofSeconds(2);

    @Test
    void startsAreSpreadAndNeverLaterThanThat() {
        LongStream delays = Stream.generate(() -> Service.delay(plan(MOST), Reason.CLOCK))
                .limit(10_000)
                .mapToLong(Duration::toMillis);
        var found = delays.summaryStatistics();
        assertThat(found.getMin()).isBetween(0L, 200L);
        assertThat(found.getMax()).isBetween(1_800L, 2_000L);
        assertThat(found.getAverage()).isBetween(900.0, 1_100.0);
    }

    @Test
    void whoAsksByHandOrTakesOverDoesNotWait() {
        assertThat(Service.delay(plan(MOST), Reason.HAND)).isZero();
        assertThat(Service.delay(plan(MOST), Reason.RECOVERY)).isZero();
        assertThat(Service.delay(plan(Duration.ZERO), Reason.CLOCK)).isZero();
    }

    private static JobPlan plan(Duration jitter) {
        return new JobPlan(JobName.of(JobKind.HEALTH), Optional.empty(), Misfire.SKIP, jitter,
                Duration.ofMinutes(1));
    }
}
