package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.metadata.BlobMembers;
import dev.chandlery.registry.metadata.NameRange;
import dev.chandlery.registry.metadata.Recorded;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * Blobs as clients find them: who is told that a blob is there will not push it, and names it in a manifest
 * soon; so what was found is not collected before the grace time is over.
 *
 * @param records that are asked
 * @param clock for when it was found
 * @param touchAfter age from which finding is worth recording, a part of the grace time
 */
public record UsedBlobs(BlobMembers records, Clock clock, Duration touchAfter)
        implements
        BlobMembers {

    @Override
    public OptionalLong find(RepositoryName repository, Digest digest) {
        Instant now = clock.instant();
        try {
            return records.use(repository, digest, now.minus(touchAfter), now);
        } catch (StorageException _) { // where nothing can be written, such as on a full disk, pulling goes on
            return records.find(repository, digest);
        }
    }

    @Override
    public OptionalLong use(RepositoryName repository, Digest digest, Instant touchedBefore,
            Instant now) {
        return records.use(repository, digest, touchedBefore, now);
    }

    @Override
    public boolean mount(RepositoryName from, RepositoryName to, Digest digest,
            Recorded recorded) {
        return records.mount(from, to, digest, recorded);
    }

    @Override
    public boolean remove(RepositoryName repository, Digest digest) {
        return records.remove(repository, digest);
    }

    @Override
    public List<RepositoryName> holders(Digest digest, List<NameRange> among,
            int limit) {
        return records.holders(digest, among, limit);
    }
}
