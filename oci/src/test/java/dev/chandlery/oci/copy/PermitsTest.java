package dev.chandlery.oci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chandlery.oci.concurrent.TaskScope;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class PermitsTest {

    @Test
    void noMoreThanTheLimitRunAtOnce() {
        Permits permits = new Permits(3, () -> 0);
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
        AtomicLong throttles = new AtomicLong();
        Permits permits = new Permits(16, throttles::get);
        IntStream.range(0, 6).forEach(i -> permits.with(throttles::incrementAndGet));
        assertThat(permits.limit()).isEqualTo(8);
        IntStream.range(0, 8).forEach(i -> permits.with(() -> i));
        assertThat(permits.limit()).isEqualTo(9);
        IntStream.range(0, 200).forEach(i -> permits.with(() -> i));
        assertThat(permits.limit()).isEqualTo(16);
    }

    @Test
    void refusalsThatGoOnBringItDownToOneAndNotBelow() {
        AtomicLong throttles = new AtomicLong();
        Permits permits = new Permits(16, throttles::get);
        IntStream.range(0, 200).forEach(i -> permits.with(throttles::incrementAndGet));
        assertThat(permits.limit()).isEqualTo(1);
    }
}
