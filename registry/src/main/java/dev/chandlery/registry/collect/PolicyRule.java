package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.metadata.HeldManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One policy in one repository. What is attached to another manifest is no version of its own and lives as
 * long as that; what has no tag is not its business.
 */
final class PolicyRule implements KeepRule {
    private final RetentionPolicy policy;
    private final ManifestLinks links;
    private final Set<Digest> locked;
    private final Instant now;
    private final Map<Digest, Integer> ranks = new HashMap<>();

    PolicyRule(RetentionPolicy policy, ManifestLinks links, Set<Digest> locked, Instant now) {
        this.policy = policy;
        this.links = links;
        this.locked = locked;
        this.now = now;
        List<HeldManifest> newestFirst = links.all()
                .stream()
                .filter(this::isVersion)
                .sorted(Comparator.comparing(this::pushed)
                        .reversed()
                        .thenComparing(HeldManifest::digest))
                .toList();
        newestFirst.forEach(m -> ranks.put(m.digest(), ranks.size() + 1));
    }

    @Override
    public Optional<KeepReason> of(HeldManifest manifest) {
        if (locked.contains(manifest.digest())) {
            return Optional.of(Locks.REASON);
        }
        Optional<KeepReason> tagged = byTag(manifest);
        if (tagged.isPresent()) {
            return tagged;
        }
        if (isVersion(manifest)) {
            return byRank(manifest).or(() -> byAge(manifest));
        }
        return links.isBound(manifest)
                ? Optional.empty()
                : Optional.of(new KeepReason(KeepReason.Kind.UNTAGGED, "pulled by digest only"));
    }

    private boolean isVersion(HeldManifest manifest) {
        return !links.isAttached(manifest) && !links.ownTags(manifest).isEmpty();
    }

    private Instant pushed(HeldManifest manifest) {
        return links.ownTags(manifest)
                .stream()
                .map(tag -> manifest.tags().getOrDefault(tag, Instant.EPOCH))
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private Optional<KeepReason> byTag(HeldManifest manifest) {
        for (Tag tag : manifest.tags().keySet()) {
            for (TagPattern pattern : policy.keepTags()) {
                if (pattern.matches(tag)) {
                    return Optional.of(new KeepReason(KeepReason.Kind.KEPT_TAG, tag + " matches "
                            + pattern));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<KeepReason> byRank(HeldManifest manifest) {
        Integer keep = policy.keepLast();
        int rank = ranks.getOrDefault(manifest.digest(), Integer.MAX_VALUE);
        return keep == null || rank > keep
                ? Optional.empty()
                : Optional.of(new KeepReason(KeepReason.Kind.NEWEST, rank + " of " + keep));
    }

    private Optional<KeepReason> byAge(HeldManifest manifest) {
        Duration age = policy.olderThan();
        Instant pushed = pushed(manifest);
        return age == null || pushed.isBefore(now.minus(age))
                ? Optional.empty()
                : Optional.of(new KeepReason(KeepReason.Kind.YOUNG, "pushed " + pushed));
    }
}
