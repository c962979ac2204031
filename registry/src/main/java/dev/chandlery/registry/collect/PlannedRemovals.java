package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a dry run would have taken away so far: the steps after it see what is left. */
final class PlannedRemovals {
    private final Map<Digest, Integer> counts = new HashMap<>();
    private final Map<RepositoryName, Set<Digest>> manifests = new TreeMap<>();

    void addBlob(Digest digest) {
        counts.merge(digest, 1, Integer::sum);
    }

    void addManifest(RepositoryName repository, Digest digest) {
        counts.merge(digest, 1, Integer::sum);
        manifests.computeIfAbsent(repository, _ -> new HashSet<>()).add(digest);
    }

    /** How many memberships of that content would have ended. */
    int of(Digest digest) {
        return counts.getOrDefault(digest, 0);
    }

    SortedSet<RepositoryName> repositoriesOfManifests() {
        return new TreeSet<>(manifests.keySet());
    }

    boolean hasManifest(RepositoryName repository, Digest digest) {
        return manifests.getOrDefault(repository, Set.of()).contains(digest);
    }
}
