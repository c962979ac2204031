package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.blob.StoredBlob;
import dev.chandlery.registry.metadata.CheckRecords;
import dev.chandlery.registry.metadata.MetadataStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Compares what is recorded with what is stored, and repairs what can be without losing content; a registry
 * may serve both meanwhile. What a manifest was once accepted with is given back to its repository, as only
 * what the repository had could be named; nothing else becomes a member.
 */
public final class StorageCheck {
    /** Younger bytes may belong to a push that is about to be recorded. */
    private static final Duration YOUNG = Duration.ofHours(1);

    private final MetadataStore metadata;
    private final BlobStorage storage;
    private final Clock clock;

    public StorageCheck(MetadataStore metadata, BlobStorage storage, Clock clock) {
        this.metadata = metadata;
        this.storage = storage;
        this.clock = clock;
    }

    /** Checks all once; blocking. Content is not hashed; scrubbing does that. */
    public void run(boolean repair, CheckListener listener) {
        CheckRecords records = metadata.upkeep().checks();
        Optional<Repairs> repairs = repair
                ? Optional.of(new Repairs(metadata.upkeep().repairs(), storage, clock))
                : Optional.empty();
        for (RepositoryName repository : new Repositories(records::repositories)) {
            if (listener.isStopped()) {
                return;
            }
            new RepositoryCheck(repository, records, storage, repairs, listener).run();
        }
        storage.visitCommittedBefore(clock.instant().minus(YOUNG), digest -> {
            if (!listener.isStopped()) {
                unused(digest, listener);
            }
        });
    }

    private void unused(Digest digest, CheckListener listener) {
        Optional<StoredBlob> blob = storage.find(digest);
        if (blob.isPresent() && metadata.upkeep().garbage().memberships(digest) == 0) {
            listener.found(new Finding(Finding.Kind.UNUSED_BYTES, null, digest.toString(), blob
                    .get()
                    .size() + " bytes; registry gc takes them", Finding.Outcome.FOUND));
        }
    }
}
