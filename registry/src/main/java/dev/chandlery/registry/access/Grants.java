package dev.chandlery.registry.access;

import dev.chandlery.oci.RepositoryName;

/** What is allowed, wherever that is written: in rules, in a token's scopes. Thread-safe. */
@FunctionalInterface
public interface Grants {
    /** Everything. */
    Grants ALL = (_, _) -> true;
    /** Nothing. */
    Grants NONE = (_, _) -> false;

    /** Whether that may be done to the repository. */
    boolean allow(RepositoryName repository, Action action);
}
