package dev.chandlery.registry.server;

import dev.chandlery.oci.OciException;
import dev.chandlery.registry.collect.CollectionReport;
import dev.chandlery.registry.collect.CollectionRequest;
import dev.chandlery.registry.collect.CollectionSettings;
import dev.chandlery.registry.collect.GarbageCollector;
import dev.chandlery.registry.collect.Progress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a registry does besides answering, on a thread of its own, at start and then at intervals. */
final class Maintenance implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Maintenance.class.getName());

    private final GarbageCollector collector;
    private final CollectionSettings settings;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Progress progress = new Progress() {
        @Override
        public boolean isStopped() {
            return stopped.getCount() == 0;
        }
    };
    private final Thread thread = Thread.ofVirtual()
            .name("registry-maintenance")
            .unstarted(
                    this::run);

    Maintenance(GarbageCollector collector, CollectionSettings settings) {
        this.collector = collector;
        this.settings = settings;
    }

    void start() {
        thread.start();
    }

    /** One round; blocking. */
    void tidy() {
        CollectionReport report = collector.collect(CollectionRequest.of(settings), progress);
        LOG.log(System.Logger.Level.DEBUG, "collected {0}", report);
    }

    private void run() {
        try {
            do {
                tidyOrLog();
            } while (!stopped.await(settings.interval().toMillis(),
                    TimeUnit.MILLISECONDS));
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
