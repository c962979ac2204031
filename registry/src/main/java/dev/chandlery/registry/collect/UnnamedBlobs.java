package dev.chandlery.registry.collect;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.GarbageRecords;
import dev.chandlery.registry.metadata.Member;
import dev.chandlery.registry.metadata.NamedBlob;
import dev.chandlery.registry.metadata.Page;
import dev.chandlery.registry.metadata.Upkeep;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** The step that ends memberships of blobs that no manifest names. */
record UnnamedBlobs(Upkeep upkeep, CollectionRequest request, PlannedRemovals planned,
        Progress progress) {
    /** Rows in one transaction: some milliseconds, so that pushes hardly wait. */
    private static final int BATCH = 200;

    Tally sweep(Instant before, SortedSet<RepositoryName> skipped) {
        Tally tally = Tally.NONE;
        for (RepositoryName repository : new Repositories(garbage()::repositories)) {
            if (!skipped.contains(repository)) {
                tally = tally.plus(sweep(repository, before));
            }
        }
        if (request.dryRun()) {
            for (RepositoryName repository : planned.repositoriesOfManifests()) {
                tally = tally.plus(end(collectable(unnamedThen(repository, before)), before));
            }
        }
        return tally;
    }

    private Tally sweep(RepositoryName repository, Instant before) {
        Tally tally = Tally.NONE;
        List<Member> page = garbage().unnamedBlobs(repository, before, new Page("", BATCH));
        while (!page.isEmpty() && !progress.isStopped()) {
            tally = tally.plus(end(collectable(page), before));
            page = garbage().unnamedBlobs(repository, before, new Page(page.getLast()
                    .digest()
                    .toString(), BATCH));
        }
        return tally;
    }

    /** In a dry run: what only manifests name that would have gone. */
    private List<Member> unnamedThen(RepositoryName repository, Instant before) {
        Map<Member, Boolean> unnamed = new LinkedHashMap<>();
        for (NamedBlob named : upkeep.manifests().namedBlobs(repository)) {
            boolean goes = named.touched().isBefore(before) && planned.hasManifest(repository, named
                    .manifest());
            unnamed.merge(named.blob(), goes, Boolean::logicalAnd);
        }
        return unnamed.keySet().stream().filter(unnamed::get).toList();
    }

    private List<Member> collectable(List<Member> blobs) {
        return blobs.stream()
                .filter(blob -> !request.locked().contains(blob.digest()))
                .toList();
    }

    private Tally end(List<Member> blobs, Instant before) {
        Tally tally = Tally.NONE;
        List<Member> ended = request.dryRun() ? blobs : garbage().removeUnnamed(blobs, before);
        for (Member blob : ended) {
            tally = tally.plus(blob.size());
            planned.addBlob(blob.digest());
            progress.removed(new Removed(Removed.Kind.BLOB, blob.repository(), blob.digest()
                    .toString(), blob.size()));
        }
        return tally;
    }

    private GarbageRecords garbage() {
        return upkeep.garbage();
    }
}
