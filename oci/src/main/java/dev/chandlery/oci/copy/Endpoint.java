package dev.chandlery.oci.copy;

import dev.chandlery.oci.RegistryLocation;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.content.Source;
import java.util.Optional;

/**
 * One side of a copy, as a run tells them apart.
 *
 * @param registry shares permits and mounts: a registry of the network, or a store of this machine itself
 * @param store has content of its own: a repository, or such a store
 * @param repository its name, where it is one of a registry
 * @param permits of the registry
 */
record Endpoint(Object registry, Object store, Optional<RepositoryName> repository,
        Permits permits) {

    static Object registryOf(Source source) {
        return source.location().<Object>map(RegistryLocation::registry).orElse(source);
    }

    static Object storeOf(Source source) {
        return source.location().<Object>map(place -> place).orElse(source);
    }

    boolean sameRegistry(Endpoint other) {
        return registry.equals(other.registry);
    }

    boolean sameStore(Endpoint other) {
        return store.equals(other.store);
    }
}
