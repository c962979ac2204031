package dev.chandlery.scheduler.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns the end of the process, by SIGTERM or Ctrl-C, into a wish, and delays it until this is closed: then what
 * was done is written down.
 */
final class StopSignal implements AutoCloseable {
    /** Beyond this the process ends whatever still runs. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    private StopSignal(Runnable heard) {
        this.hook = Thread.ofPlatform().unstarted(() -> {
            asked.countDown();
            heard.run();
            await(over, LONGEST);
        });
    }

    /** @param heard is run once when the process is to end; soon */
    static StopSignal hear(Runnable heard) {
        StopSignal signal = new StopSignal(heard);
        try {
            Runtime.getRuntime().addShutdownHook(signal.hook);
        } catch (IllegalStateException _) {
            signal.asked.countDown(); // it is ending already
        }
        return signal;
    }

    /** Waits; whether the process is to end. An interrupt means the same, as tests end it. */
    boolean await(Duration time) {
        return await(asked, time);
    }

    private static boolean await(CountDownLatch latch, Duration time) {
        try {
            return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // it runs, and ends now
        }
    }
}
