package dev.chandlery.oci.copy;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which stores are known to have which content: what was once found or sent there is not asked about again.
 * Keys of stores and registries are those of {@link Endpoint}.
 *
 * <p><b>Concurrency:</b> safe.
 */
final class KnownBlobs {

    private record InStore(Object store, Digest digest) {}

    private record InRegistry(Object registry, Digest digest) {}

    private final Set<InStore> there = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<InRegistry, RepositoryName> holders = new ConcurrentHashMap<>();

    boolean has(Endpoint endpoint, Digest digest) {
        return there.contains(new InStore(endpoint.store(), digest));
    }

    void add(Endpoint endpoint, Digest digest) {
        there.add(new InStore(endpoint.store(), digest));
        endpoint.repository()
                .ifPresent(name -> holders.putIfAbsent(new InRegistry(endpoint.registry(), digest),
                        name));
    }

    /** What was believed was wrong. */
    void forget(Endpoint endpoint, Digest digest) {
        there.remove(new InStore(endpoint.store(), digest));
        holders.remove(new InRegistry(endpoint.registry(), digest));
    }

    /** A repository of that registry that has it. */
    Optional<RepositoryName> holder(Endpoint endpoint, Digest digest) {
        return Optional.ofNullable(holders.get(new InRegistry(endpoint.registry(), digest)));
    }
}
