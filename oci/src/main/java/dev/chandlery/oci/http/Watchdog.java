package dev.chandlery.oci.http;

import dev.chandlery.oci.http.TransportOptions.Timeouts;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Looks at running calls from one thread, so that a slow peer or an interrupt ends them. */
final class Watchdog implements AutoCloseable {
    private static final Duration LONGEST_TICK = Duration.ofMillis(200);

    private final ScheduledThreadPoolExecutor timer;
    private final Timeouts timeouts;

    Watchdog(Timeouts timeouts) {
        this.timeouts = timeouts;
        this.timer = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().daemon().name("http-watchdog").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /** A watch over one call, which starts when it begins. */
    Watch watch() {
        long tick = Math.min(LONGEST_TICK.toMillis(),
                Math.max(1, timeouts.progressWindow().toMillis() / 4));
        return new Watch(timeouts, task -> timer.scheduleWithFixedDelay(task, tick, tick,
                TimeUnit.MILLISECONDS));
    }

    /** How many calls are watched now. */
    int watched() {
        return timer.getQueue().size();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
