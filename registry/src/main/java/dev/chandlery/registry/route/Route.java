package dev.chandlery.registry.route;

import dev.chandlery.oci.RepositoryName;

/** What a request target names. */
public sealed interface Route {

    /** {@code /v2/}. */
    record Root() implements Route {}

    /** {@code /v2/_catalog}. */
    record Catalog() implements Route {}

    /**
     * Something of a repository.
     *
     * @param argument the last segment, decoded and not yet checked; empty where there is none
     */
    record InRepository(RepositoryName repository, Resource resource,
            String argument) implements Route {}
}
