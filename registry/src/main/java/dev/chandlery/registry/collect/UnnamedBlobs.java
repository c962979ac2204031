package dev.chandlery.registry.collect;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.GarbageRecords;
import dev.chandlery.registry.metadata.Member;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The step that ends memberships of blobs that no manifest names. */
record UnnamedBlobs(GarbageRecords records, CollectionRequest request,
        PlannedRemovals planned) {
    /** Rows in one transaction: some milliseconds, so that pushes hardly wait. */
    private static final int BATCH = 200;

    Tally sweep(Instant before, SortedSet<RepositoryName> skipped, BooleanSupplier stopped) {
        Tally tally = Tally.NONE;
        Member last = null;
        List<Member> page = page(before, last);
        while (!page.isEmpty() && !stopped.getAsBoolean()) {
            for (Member gone : end(collectable(page, skipped), before)) {
                tally = tally.plus(gone.size());
            }
            last = page.getLast();
            page = page(before, last);
        }
        return tally;
    }

    private List<Member> page(Instant before, @Nullable Member last) {
        return records.unnamedBlobs(before, last, BATCH);
    }

    private List<Member> collectable(List<Member> page, SortedSet<RepositoryName> skipped) {
        return page.stream()
                .filter(blob -> !skipped.contains(blob.repository()))
                .filter(blob -> !request.locked().contains(blob.digest()))
                .toList();
    }

    private List<Member> end(List<Member> blobs, Instant before) {
        if (!request.dryRun()) {
            return records.removeUnnamed(blobs, before);
        }
        blobs.forEach(blob -> planned.add(blob.digest()));
        return blobs;
    }
}
