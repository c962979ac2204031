package dev.chandlery.registry.collect;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.blob.StagedBlob;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.metadata.SessionRecord;
import dev.chandlery.registry.upload.UploadSessions;
import java.time.Clock;
import java.time.Instant;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;

/**
 * Takes away what nobody needs, in steps: upload sessions that expired; memberships of blobs that no
 * manifest of their repository names; content that no repository has. It runs while clients push, in the
 * registry's process or beside it.
 *
 * <p><b>Concurrency:</b> whether a thing may go is asked again in the very transaction that takes it away.
 * What a push brought, named or found present within the grace time is not touched; with a grace time
 * shorter than a push, the push is told what is missing and sends it again, and no manifest is ever left
 * with a part of it gone. Transactions are short: a few hundred rows, or one file.
 */
public final class GarbageCollector {
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

    /**
     * Collects once; blocking.
     *
     * @param stopped asked between transactions; what was done until then is reported
     */
    public CollectionReport collect(CollectionRequest request, BooleanSupplier stopped) {
        Instant now = clock.instant();
        PlannedRemovals planned = new PlannedRemovals();
        SortedSet<RepositoryName> skipped = metadata.upkeep().garbage().unindexed();
        Tally uploads = uploads(request);
        Tally blobs = new UnnamedBlobs(metadata.upkeep().garbage(), request, planned).sweep(now
                .minus(request.grace()), skipped, stopped);
        Tally content = new UnusedContent(metadata, storage, request, planned).sweep(now.minus(
                request.contentGrace()), stopped);
        return new CollectionReport(uploads, blobs, content, skipped);
    }

    private Tally uploads(CollectionRequest request) {
        Tally tally = Tally.NONE;
        for (SessionRecord session : sessions.expired()) {
            long bytes = stagedBytes(session);
            if (request.dryRun() || sessions.drop(session)) {
                tally = tally.plus(bytes);
            }
        }
        return tally;
    }

    private long stagedBytes(SessionRecord session) {
        try (StagedBlob staged = storage.stage(session.id(), false).orElse(null)) {
            return staged == null ? 0 : staged.size();
        }
    }
}
