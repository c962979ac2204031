package dev.chandlery.scheduler.alert;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Delivers alerts on a thread of its own, so that no job waits for a channel, and goes on trying what cannot be
 * delivered, at longer and longer intervals. What is left when it is closed is told by the next.
 */
public final class Courier implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Courier.class.getName());
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    /** For the last messages, such as that a job failed which was waited for. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

    private final Alerts alerts;
    private final Semaphore wanted = new Semaphore(1);
    private final Thread thread;
    private volatile boolean closed;

    private Courier(Alerts alerts) {
        this.alerts = alerts;
        this.thread = Thread.ofVirtual().name("alerts").unstarted(this::work);
    }

    /** Begins, with what was left before. */
    public static Courier start(Alerts alerts) {
        Courier courier = new Courier(alerts);
        if (!alerts.channels().isEmpty()) {
            alerts.deliverBy(courier.wanted::release);
            courier.thread.start();
        }
        return courier;
    }

    private void work() {
        Duration pause = SHORTEST;
        try {
            while (!closed) {
                boolean news = wanted.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                wanted.drainPermits();
                boolean told = attempt();
                pause = told || news ? SHORTEST : longer(pause);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed, and out of patience
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    private boolean attempt() {
        try {
            return alerts.deliver();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot alert", e); // the thread goes on
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        wanted.release();
        try {
            if (!thread.getState().equals(Thread.State.NEW) && !thread.join(LAST_PATIENCE)) {
                thread.interrupt();
                thread.join(LAST_PATIENCE);
            }
        } catch (InterruptedException _) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
