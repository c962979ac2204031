package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.HeldManifest;
import dev.chandlery.registry.metadata.HeldManifests;
import dev.chandlery.registry.metadata.MetadataStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** The step that takes manifests away that have no tag and that nothing with a tag needs. */
record UntaggedManifests(MetadataStore metadata, CollectionRequest request,
        PlannedRemovals planned, Progress progress) {

    Tally sweep(Instant before, SortedSet<RepositoryName> skipped) {
        HeldManifests manifests = metadata.upkeep().manifests();
        Locks locks = new Locks(manifests, request.locked());
        Tally tally = Tally.NONE;
        for (RepositoryName repository : new Repositories(metadata.repositories()::list)) {
            if (progress.isStopped()) {
                return tally;
            }
            if (!skipped.contains(repository)) {
                ManifestLinks links = new ManifestLinks(manifests.of(repository));
                Set<Digest> locked = locks.in(repository);
                ManifestPlan plan = ManifestPlan.of(links, m -> reason(links, m, locked, before));
                tally = tally.plus(remove(repository, plan.gone()));
            }
        }
        return tally;
    }

    private static Optional<KeepReason> reason(ManifestLinks links, HeldManifest manifest,
            Set<Digest> locked, Instant before) {
        if (locked.contains(manifest.digest())) {
            return Optional.of(Locks.REASON);
        }
        if (!links.ownTags(manifest).isEmpty()) {
            return Optional.of(new KeepReason(KeepReason.Kind.TAGGED, manifest.tags()
                    .firstKey()
                    .value()));
        }
        return manifest.touched().isBefore(before)
                ? Optional.empty()
                : Optional.of(new KeepReason(KeepReason.Kind.YOUNG, "needed at " + manifest
                        .touched()));
    }

    private Tally remove(RepositoryName repository, List<List<HeldManifest>> groups) {
        Tally tally = Tally.NONE;
        for (List<HeldManifest> group : groups) {
            if (request.dryRun() || metadata.upkeep().manifests().remove(repository, group)) {
                for (HeldManifest manifest : group) {
                    tally = tally.plus(manifest.size());
                    planned.addManifest(repository, manifest.digest());
                    progress.removed(new Removed(Removed.Kind.MANIFEST, repository, manifest
                            .digest()
                            .toString(), manifest.size()));
                }
            }
        }
        return tally;
    }
}
