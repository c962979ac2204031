package dev.chandlery.registry.access;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.http.HeaderFields;

/**
 * The one place where rights are decided: asked before every endpoint, for the source of every mount, and
 * for each name in the catalog. An implementation is thread-safe.
 */
public interface Authorizer {

    /** Whether the sender of these headers may use the registry at all. */
    Decision enter(HeaderFields headers);

    /** Whether the sender of these headers may do that to the repository. */
    Decision decide(HeaderFields headers, RepositoryName repository, Action action);
}
