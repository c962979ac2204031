package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.blob.StoredBlob;
import dev.chandlery.registry.metadata.ManifestNames;
import dev.chandlery.registry.metadata.ManifestPush;
import dev.chandlery.registry.metadata.ManifestRecords;
import dev.chandlery.registry.metadata.Member;
import dev.chandlery.registry.metadata.Presence;
import dev.chandlery.registry.metadata.Recorded;
import dev.chandlery.registry.metadata.RepairRecords;
import dev.chandlery.registry.metadata.TagCondition;
import java.io.FileNotFoundException;
import java.time.Clock;
import java.util.List;

/** Repairs that a check makes, each if it is still needed; nothing that storage has is lost by any. */
record Repairs(RepairRecords records, BlobStorage storage, Clock clock) {
    private static final String WHO = "registry fsck";

    /** Records a manifest anew as its bytes say. */
    boolean rewrite(RepositoryName repository, ManifestDocument document) {
        ManifestPush push = new ManifestPush(ManifestRecords.of(document), ManifestNames.required(
                document.manifest()), ManifestNames.named(document.manifest()), List.of(),
                new TagCondition.Any());
        return records.rewrite(repository, push, now(), present(push.manifest().digest(), document
                .raw()
                .size()));
    }

    /** Makes content a member because that manifest, which is one, needed it to become one. */
    boolean add(Member member, Digest namer) {
        return records.add(member, namer, now(), present(member.digest(), member.size()));
    }

    boolean end(Member blob) {
        return records.endUnnamed(blob, () -> storage.find(blob.digest()).isEmpty());
    }

    boolean endUnrecorded(RepositoryName repository, Digest manifest) {
        return records.endUnrecorded(repository, manifest);
    }

    boolean removeDangling(RepositoryName repository, Digest digest) {
        return !records.removeDangling(repository, digest).isEmpty();
    }

    private Recorded now() {
        return new Recorded(clock.instant(), WHO);
    }

    private Presence present(Digest digest, long size) {
        return () -> {
            if (storage.find(digest).map(StoredBlob::size).filter(s -> s == size).isEmpty()) {
                throw new StorageException("cannot repair " + digest
                        + ": its bytes were removed meanwhile", new FileNotFoundException(digest
                                .toString()));
            }
        };
    }
}
