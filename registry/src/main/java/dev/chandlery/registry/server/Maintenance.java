package dev.chandlery.registry.server;

import dev.chandlery.oci.OciException;
import dev.chandlery.registry.collect.CollectionReport;
import dev.chandlery.registry.collect.CollectionSettings;
import dev.chandlery.registry.collect.Progress;
import dev.chandlery.registry.collect.Removed;
import dev.chandlery.registry.collect.Round;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a registry does besides answering, on a thread of its own, at start and then at intervals. */
final class Maintenance implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Maintenance.class.getName());

    private final Round round;
    private final CollectionSettings settings;
    private volatile Consumer<Removed> removals = _ -> {};
    private volatile Consumer<CollectionReport> listener = _ -> {};
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Progress progress = new Progress() {
        @Override
        public boolean isStopped() {
            return stopped.getCount() == 0;
        }

        @Override
        public void removed(Removed what) {
            LOG.log(System.Logger.Level.DEBUG, "removed {0}", what);
            removals.accept(what);
        }
    };
    private final Thread thread = Thread.ofVirtual()
            .name("registry-maintenance")
            .unstarted(
                    this::run);

    Maintenance(Round round, CollectionSettings settings) {
        this.round = round;
        this.settings = settings;
    }

    /** Tells that one of each thing that goes. */
    void whenRemoved(Consumer<Removed> told) {
        removals = told;
    }

    /** Tells that one of each collection that ran to its end. */
    void whenCollected(Consumer<CollectionReport> told) {
        listener = told;
    }

    void start() {
        if (settings.interval() != null) {
            thread.start();
        }
    }

    /** One round; blocking. */
    void tidy() {
        round.run(settings, progress).ifPresent(report -> {
            LOG.log(System.Logger.Level.DEBUG, "collected {0}", report);
            listener.accept(report);
        });
    }

    private void run() {
        Duration interval = Objects.requireNonNull(settings.interval(), "started without one");
        try {
            do {
                tidyOrLog();
            } while (!stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // nobody waits for us
        }
    }

    private void tidyOrLog() {
        try {
            tidy();
        } catch (OciException e) { // the next round tries again
            LOG.log(System.Logger.Level.WARNING, () -> "cannot tidy storage: " + e.getMessage());
        }
    }

    /** Waits for the step that goes on, and ends. */
    @Override
    public void close() {
        stopped.countDown();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join();
        } catch (InterruptedException _) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
