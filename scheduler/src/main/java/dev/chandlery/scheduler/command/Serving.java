package dev.chandlery.scheduler.command;

import dev.chandlery.oci.StorageException;
import dev.chandlery.scheduler.lock.JobLocks;
import dev.chandlery.scheduler.plan.JobPlan;
import dev.chandlery.scheduler.plan.JobPlans;
import dev.chandlery.scheduler.quartz.QuartzClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The time of {@code scheduler run} between its start and its end: takes over changes of registry.yaml, and
 * begins with jobs when it is this process' turn. Of several that share a folder one has the turn; the others
 * stand by until its process is gone. With a database each has.
 */
final class Serving implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Serving.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final Duration GLANCE = Duration.ofMillis(50);
    /** For what was interrupted to end, and be written down. */
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(10);
    private static final String TURN = "clock";
    private static final String REFUSED = "42";

    private final LoadedConfig config;
    private final Wiring wiring;
    private final QuartzClock clock;
    private final Consumer<String> tell;
    private final Runnable look;
    private Optional<JobLocks.Held> turn = Optional.empty();
    private boolean begun;
    private boolean told;
    private boolean stale = true;

    /**
     * @param tell takes what an operator wants to know
     * @param look is done every few seconds
     */
    Serving(LoadedConfig config, Wiring wiring, QuartzClock clock, Consumer<String> tell,
            Runnable look) {
        this.look = look;
        this.config = config;
        this.wiring = wiring;
        this.clock = clock;
        this.tell = tell;
    }

    /** Until it is to stop. */
    void serve(StopSignal stop) {
        do {
            stale |= config.refresh();
            try {
                proceed();
                look.run();
            } catch (StorageException e) {
                if (!begun && isRefused(e)) {
                    throw e; // nothing heals by itself what a user may not do
                }
                LOG.log(System.Logger.Level.ERROR, "{0}; trying again", e.getMessage());
            }
        } while (!stop.await(LOOK));
    }

    /** By SQL's class of what is not allowed or not there. */
    private static boolean isRefused(StorageException failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException refused && String.valueOf(refused
                        .getSQLState()).startsWith(REFUSED));
    }

    private void proceed() {
        if (!begun && !hasTurn()) {
            if (!told) {
                tell.accept("another scheduler runs the jobs of this folder; standing by");
                told = true;
            }
            return;
        }
        if (stale) {
            clock.apply(JobPlans.of(config.get()));
            stale = false;
        }
        if (!begun) {
            wiring.service().markLost();
            clock.start();
            begun = true;
            announce();
        }
    }

    private boolean hasTurn() {
        if (wiring.store().postgres().isPresent()) {
            return true;
        }
        if (turn.isEmpty()) {
            turn = wiring.locks().tryTake(TURN);
        }
        return turn.isPresent();
    }

    private void announce() {
        List<JobPlan> plans = JobPlans.of(config.get());
        long scheduled = plans.stream().filter(plan -> plan.timing().isPresent()).count();
        tell.accept("scheduler " + wiring.node() + " runs " + scheduled + " jobs of " + config
                .get()
                .file());
    }

    /** What runs may end by itself for a while, and is interrupted then. */
    void finish() {
        tell.accept("stopping");
        wiring.executions().drain();
        clock.pause();
        await(config.get().scheduler().stopWithin());
        wiring.executions().interrupt();
        if (!await(LAST_PATIENCE)) {
            LOG.log(System.Logger.Level.ERROR, "{0} does not end; the next start finds it lost",
                    String.join(", ", wiring.executions().running()));
            clock.abandon();
        }
    }

    /** Whether nothing runs. */
    private boolean await(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        while (!wiring.executions().isIdle() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(GLANCE);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt(); // whoever interrupts has no more patience
                return false;
            }
        }
        return wiring.executions().isIdle();
    }

    @Override
    public void close() {
        turn.ifPresent(JobLocks.Held::close);
    }
}
