package dev.chandlery.registry.server;

import dev.chandlery.oci.OciException;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.upload.UploadSessions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a registry does besides answering, on a thread of its own, at start and then every hour: drops
 * abandoned uploads, and content that is a member of no repository any more. Content younger than an hour
 * stays in any case: its push may be about to be recorded.
 */
final class Maintenance implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Maintenance.class.getName());
    private static final Duration INTERVAL = Duration.ofHours(1);
    static final Duration GRACE = Duration.ofHours(1);

    private final MetadataStore metadata;
    private final BlobStorage storage;
    private final UploadSessions sessions;
    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual()
            .name("registry-maintenance")
            .unstarted(
                    this::run);

    Maintenance(MetadataStore metadata, BlobStorage storage, UploadSessions sessions,
            Clock clock) {
        this.metadata = metadata;
        this.storage = storage;
        this.sessions = sessions;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    /** One round; blocking. */
    void tidy() {
        sessions.dropExpired();
        Instant before = clock.instant().minus(GRACE);
        storage.visitCommittedBefore(before, digest -> {
            if (!isStopped()) {
                metadata.ifUnused(digest, () -> storage.remove(digest, before));
            }
        });
    }

    private void run() {
        try {
            do {
                tidyOrLog();
            } while (!stopped.await(INTERVAL.toSeconds(), TimeUnit.SECONDS));
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

    private boolean isStopped() {
        return stopped.getCount() == 0;
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
