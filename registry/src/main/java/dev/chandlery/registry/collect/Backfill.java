package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.metadata.CheckRecords;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.metadata.RecordedManifest;
import java.time.Clock;

/** Records what manifests name that were pushed before that was recorded. */
record Backfill(MetadataStore metadata, BlobStorage storage, Clock clock) {

    void run(Progress progress) {
        CheckRecords records = metadata.upkeep().checks();
        for (RepositoryName repository : metadata.upkeep().garbage().unindexed()) {
            for (Digest digest : records.manifests(repository)) {
                if (progress.isStopped()) {
                    return;
                }
                records.manifest(repository, digest)
                        .filter(recorded -> !recorded.indexed())
                        .ifPresent(recorded -> index(repository, recorded));
            }
        }
    }

    private void index(RepositoryName repository, RecordedManifest recorded) {
        if (new ManifestBytes(storage).read(recorded.manifest().digest(), recorded.manifest()
                .mediaType()) instanceof ManifestBytes.Reading.Complete(var document)) {
            new Repairs(metadata.upkeep().repairs(), storage, clock).rewrite(repository, document);
        }
    }
}
