package dev.chandlery.oci;

import java.util.Objects;

/**
 * A repository as a place in the network.
 *
 * @param registry host and port
 * @param repository within it
 */
public record RegistryLocation(Registry registry, RepositoryName repository) {

    public RegistryLocation {
        Objects.requireNonNull(registry);
        Objects.requireNonNull(repository);
    }

    @Override
    public String toString() {
        return registry + "/" + repository;
    }
}
