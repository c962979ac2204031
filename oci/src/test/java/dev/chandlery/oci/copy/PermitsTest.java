package dev.chandlery.oci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.concurrent.TaskScope;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PermitsTest {

    @Test
    void noMoreThanTheLimitRunAtOnce() {
        Permits permits = new Permits(3);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        TaskScope.mapAll("test", IntStream.range(0, 100).boxed().toList(), i -> permits.with(() -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            LockSupport.parkNanos(1);
            return now.decrementAndGet();
        }));
        assertThat(most).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void aBurstOfRefusalsHalvesOnceAndSuccessGrowsItAgain() {
        Permits permits = new Permits(16);
        IntStream.range(0, 10).forEach(i -> permits.throttled());
        assertThat(permits.limit()).isEqualTo(8);
        IntStream.range(0, 8).forEach(i -> permits.with(() -> i));
        assertThat(permits.limit()).isEqualTo(9);
        IntStream.range(0, 200).forEach(i -> permits.with(() -> i));
        assertThat(permits.limit()).isEqualTo(16);
    }

    @Test
    void itNeverGoesBelowOne() {
        Permits permits = new Permits(2);
        for (int i = 0; i < 20; i++) {
            permits.throttled();
            permits.with(() -> true);
            permits.with(() -> true);
        }
        assertThat(permits.limit()).isPositive();
    }
}
