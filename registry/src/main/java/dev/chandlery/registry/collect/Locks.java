package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.HeldManifests;
import dev.chandlery.registry.metadata.NamedBlob;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which manifests lock files keep: those that they name, and those that name a blob which they name. */
record Locks(HeldManifests manifests, SortedSet<Digest> locked) {
    static final KeepReason REASON = new KeepReason(KeepReason.Kind.LOCKED, "a lock file names it");

    Set<Digest> in(RepositoryName repository) {
        if (locked.isEmpty()) {
            return locked;
        }
        Set<Digest> kept = new TreeSet<>(locked);
        manifests.namedBlobs(repository)
                .stream()
                .filter(named -> locked.contains(named.blob().digest()))
                .map(NamedBlob::manifest)
                .forEach(kept::add);
        return kept;
    }
}
