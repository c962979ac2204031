package dev.chandlery.registry.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private final AtomicLong now = new AtomicLong(1_000);

    @Test
    void takesAsLongAsTheRateAsksFor() {
        Pace pace = new Pace(1000, now::get, time -> now.addAndGet(time.toNanos()));
        for (int i = 0; i < 30; i++) {
            now.addAndGet(Duration.ofMillis(20).toNanos()); // the reading itself
            pace.moved(100);
        }
        assertThat(Duration.ofNanos(now.get() - 1_000)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void waitsNeverWithoutARate() {
        Pace pace = new Pace(0, now::get, time -> now.addAndGet(time.toNanos()));
        pace.moved(Integer.MAX_VALUE);
        assertThat(now).hasValue(1_000);
    }
}
