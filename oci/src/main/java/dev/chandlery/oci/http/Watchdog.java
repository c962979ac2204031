package dev.chandlery.oci.http;

import dev.chandlery.oci.http.TransportOptions.Timeouts;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at running calls from one thread, so that a slow peer or an interrupt ends them. One tick looks at all of
 * them: a timer for each would cost most calls more than the look, as they end before the first tick.
 */
final class Watchdog implements AutoCloseable {
    private static final Duration LONGEST_TICK = Duration.ofMillis(200);

    private final ScheduledThreadPoolExecutor timer;
    private final Timeouts timeouts;
    private final Set<Watch> running = ConcurrentHashMap.newKeySet();
    private @Nullable Future<?> ticking;

    Watchdog(Timeouts timeouts) {
        this.timeouts = timeouts;
        this.timer = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().daemon().name("http-watchdog").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /** A watch over one call, which starts when it begins. */
    Watch watch() {
        return new Watch(timeouts, this);
    }

    /** Looks at it from now on, until it is removed. */
    synchronized void add(Watch watch) {
        running.add(watch);
        if (ticking == null) {
            long tick = Math.min(LONGEST_TICK.toMillis(),
                    Math.max(1, timeouts.progressWindow().toMillis() / 4));
            ticking = timer.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.MILLISECONDS);
        }
    }

    void remove(Watch watch) {
        running.remove(watch);
    }

    private void tick() {
        running.forEach(Watchdog::look);
        synchronized (this) {
            if (running.isEmpty() && ticking != null) {
                ticking.cancel(false);
                ticking = null;
            }
        }
    }

    /** A call that cannot be broken must not end the looks at all others. */
    private static void look(Watch watch) {
        try {
            watch.look();
        } catch (RuntimeException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** How many calls are watched now. */
    int watched() {
        return running.size();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
