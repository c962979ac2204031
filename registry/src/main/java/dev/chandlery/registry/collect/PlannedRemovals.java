package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import java.util.HashMap;
import java.util.Map;

/** How many memberships of each digest a dry run would have ended so far. */
final class PlannedRemovals {
    private final Map<Digest, Integer> counts = new HashMap<>();

    void add(Digest digest) {
        counts.merge(digest, 1, Integer::sum);
    }

    int of(Digest digest) {
        return counts.getOrDefault(digest, 0);
    }
}
