package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.HeldManifest;
import dev.chandlery.registry.metadata.MaintenanceLeases;
import dev.chandlery.registry.metadata.MetadataStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;

/**
 * What a running registry does again and again: retention by policy, then a collection. Of the processes
 * that share storage one does it; should it end, another takes over. That only saves work: both may run any
 * number of times at once without harm.
 */
public final class Round {
    private static final String TASK = "collection";
    /** Renewed long before that; others wait so long when a process ends in the middle. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final GarbageCollector collector;
    private final Retention retention;
    private final MaintenanceLeases leases;
    private final Clock clock;
    private final String owner = UUID.randomUUID().toString();

    public Round(GarbageCollector collector, MetadataStore metadata, Clock clock) {
        this.collector = collector;
        this.retention = new Retention(metadata, clock);
        this.leases = metadata.upkeep().leases();
        this.clock = clock;
    }

    /**
     * Does it once; blocking. Empty when another process does it, or did so within the interval.
     *
     * @throws dev.chandlery.oci.StorageException when a lock file cannot be read: nothing is taken away then
     */
    public Optional<CollectionReport> run(CollectionSettings settings, Progress progress) {
        if (!claim(LEASE)) {
            return Optional.empty();
        }
        Leased leased = new Leased(progress);
        boolean complete = false;
        try {
            SortedSet<Digest> locked = LockFiles.read(settings.lockFiles());
            Tally versions = retention.apply(new RetentionRequest(settings.retention(), locked,
                    false), leased);
            CollectionReport report = collector.collect(new CollectionRequest(settings.grace(),
                    settings.untaggedAfter(), locked, false), leased);
            complete = !leased.isStopped();
            return Optional.of(report.withVersions(versions));
        } finally {
            Duration interval = settings.interval();
            claim(complete && interval != null ? interval : Duration.ZERO);
        }
    }

    private boolean claim(Duration time) {
        Instant now = clock.instant();
        return leases.claim(TASK, owner, now, now.plus(time));
    }

    /** Goes on for as long as this process has the lease. */
    private final class Leased implements Progress, RetentionListener {
        private final Progress progress;
        private Instant renewal = clock.instant().plus(LEASE.dividedBy(2));
        private boolean lost;

        Leased(Progress progress) {
            this.progress = progress;
        }

        @Override
        public boolean isStopped() {
            if (!lost && clock.instant().isAfter(renewal)) {
                lost = !claim(LEASE);
                renewal = clock.instant().plus(LEASE.dividedBy(2));
            }
            return lost || progress.isStopped();
        }

        @Override
        public void removed(Removed what) {
            progress.removed(what);
        }

        @Override
        public void removed(RepositoryName repository, HeldManifest manifest) {
            removed(new Removed(Removed.Kind.VERSION, repository, manifest.digest().toString(),
                    manifest.size(), List.copyOf(manifest.tags().keySet())));
        }
    }
}
