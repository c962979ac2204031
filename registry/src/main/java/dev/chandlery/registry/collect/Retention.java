package dev.chandlery.registry.collect;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.HeldManifest;
import dev.chandlery.registry.metadata.HeldManifests;
import dev.chandlery.registry.metadata.MetadataStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes tagged manifests away by policy. What they named goes with the next collection, when the grace time
 * is over.
 *
 * <p><b>Concurrency:</b> runs while clients push. A manifest goes with its tags, its parts and what is
 * attached to it in one transaction, which looks again whether one of them was pushed, named, tagged or
 * attached to since it was decided; then all of them stay.
 */
public final class Retention {
    private static final KeepReason CHANGED = new KeepReason(KeepReason.Kind.YOUNG,
            "pushed or needed right now");

    private final MetadataStore metadata;
    private final Clock clock;

    public Retention(MetadataStore metadata, Clock clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    /** Applies the policies once; blocking. Gives what went, with the bytes of the manifests alone. */
    public Tally apply(RetentionRequest request, RetentionListener listener) {
        HeldManifests manifests = metadata.upkeep().manifests();
        Set<RepositoryName> unindexed = metadata.upkeep().garbage().unindexed();
        Locks locks = new Locks(manifests, request.locked());
        Tally tally = Tally.NONE;
        for (RepositoryName repository : new Repositories(metadata.repositories()::list)) {
            Optional<RetentionPolicy> policy = request.policies()
                    .stream()
                    .filter(p -> p.isFor(repository))
                    .findFirst();
            if (policy.isEmpty() || listener.isStopped()) {
                continue;
            }
            if (unindexed.contains(repository)) {
                listener.skipped(repository);
                continue;
            }
            ManifestLinks links = new ManifestLinks(manifests.of(repository));
            ManifestPlan plan = ManifestPlan.of(links, new PolicyRule(policy.get(), links, locks.in(
                    repository), clock.instant()));
            plan.kept()
                    .forEach((digest, reason) -> listener.kept(repository, links.get(digest),
                            reason));
            for (List<HeldManifest> group : plan.gone()) {
                tally = tally.plus(remove(repository, group, request.dryRun(), listener));
            }
        }
        return tally;
    }

    private Tally remove(RepositoryName repository, List<HeldManifest> group, boolean dryRun,
            RetentionListener listener) {
        Tally tally = Tally.NONE;
        boolean gone = dryRun || (!listener.isStopped() && metadata.upkeep()
                .manifests()
                .remove(
                        repository, group));
        for (HeldManifest manifest : group) {
            if (gone) {
                tally = tally.plus(manifest.size());
                listener.removed(repository, manifest);
            } else {
                listener.kept(repository, manifest, CHANGED);
            }
        }
        return tally;
    }
}
