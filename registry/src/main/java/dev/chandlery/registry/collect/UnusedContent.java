package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.blob.StoredBlob;
import dev.chandlery.registry.metadata.MetadataStore;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** The step that drops content that is a member of no repository. */
record UnusedContent(MetadataStore metadata, BlobStorage storage, CollectionRequest request,
        PlannedRemovals planned, Progress progress) {

    Tally sweep(Instant before) {
        AtomicReference<Tally> tally = new AtomicReference<>(Tally.NONE);
        storage.visitCommittedBefore(before, digest -> {
            if (!progress.isStopped()) {
                long bytes = drop(digest, before);
                if (bytes >= 0) {
                    tally.updateAndGet(sum -> sum.plus(bytes));
                    progress.removed(new Removed(Removed.Kind.CONTENT, null, digest.toString(),
                            bytes));
                }
            }
        });
        return tally.get();
    }

    /** Number of bytes dropped; -1 when the content stays. */
    private long drop(Digest digest, Instant before) {
        if (request.dryRun()) {
            int left = metadata.upkeep().garbage().memberships(digest) - planned.of(digest);
            return left > 0 ? -1 : sizeOf(digest);
        }
        AtomicReference<Long> dropped = new AtomicReference<>(-1L);
        metadata.ifUnused(digest, () -> {
            long bytes = sizeOf(digest);
            if (storage.remove(digest, before)) {
                dropped.set(bytes);
            }
        });
        return dropped.get();
    }

    private long sizeOf(Digest digest) {
        return storage.find(digest).map(StoredBlob::size).orElse(-1L);
    }
}
