package dev.chandlery.registry.collect;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.upload.UploadSessions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;

/**
 * Takes away what nobody needs, in steps: uploads that nobody finished; where asked for, manifests without
 * tag that nothing needs; memberships of blobs that no manifest of their repository names; content that no
 * repository has. It runs while clients push, in the
 * registry's process or beside it.
 *
 * <p><b>Concurrency:</b> whether a thing may go is asked again in the very transaction that takes it away.
 * What a push brought, named or found present within the grace time is not touched; with a grace time
 * shorter than a push, the push is told what is missing and sends it again, and no manifest is ever left
 * with a part of it gone. Transactions are short: a few hundred rows, or one file.
 */
public final class GarbageCollector {
    /** Staged content without a session is on its way for seconds at most, however short the grace time. */
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private final MetadataStore metadata;
    private final BlobStorage storage;
    private final UploadSessions sessions;
    private final Clock clock;

    public GarbageCollector(MetadataStore metadata, BlobStorage storage, UploadSessions sessions,
            Clock clock) {
        this.metadata = metadata;
        this.storage = storage;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Collects once; blocking. */
    public CollectionReport collect(CollectionRequest request, Progress progress) {
        Instant now = clock.instant();
        Instant before = now.minus(request.grace());
        Instant contentBefore = now.minus(request.contentGrace());
        PlannedRemovals planned = new PlannedRemovals();
        if (!request.dryRun()) {
            new Backfill(metadata, storage, clock).run(progress);
        }
        SortedSet<RepositoryName> skipped = metadata.upkeep().garbage().unindexed();
        Tally uploads = new UnfinishedUploads(sessions, storage, request.dryRun(), progress).sweep(
                now.minus(LEFT_BEHIND));
        Tally manifests = untagged(request, new UntaggedManifests(metadata, request, planned,
                progress), skipped);
        Tally blobs = new UnnamedBlobs(metadata.upkeep(), request, planned, progress).sweep(before,
                skipped);
        Tally content = new UnusedContent(metadata, storage, request, planned, progress).sweep(
                contentBefore);
        return new CollectionReport(Tally.NONE, uploads, manifests, blobs, content, skipped);
    }

    private Tally untagged(CollectionRequest request, UntaggedManifests step,
            SortedSet<RepositoryName> skipped) {
        Duration age = request.untaggedAfter();
        if (age == null) {
            return Tally.NONE;
        }
        Duration longer = age.compareTo(request.grace()) > 0 ? age : request.grace();
        return step.sweep(clock.instant().minus(longer), skipped);
    }
}
