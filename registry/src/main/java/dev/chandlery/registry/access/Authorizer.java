package dev.chandlery.registry.access;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.http.HttpRequest;

/**
 * The one place where rights are decided: asked before every endpoint, for the source of every mount, and
 * for each name in the catalog. An implementation is thread-safe.
 */
public interface Authorizer {
    /**
     * Who sends the request.
     *
     * @throws dev.chandlery.registry.refusal.RefusedException 401 when the credentials are not good, 429 after
     *     too many such, 403 when the request comes from a place that may not ask at all
     */
    Caller identify(HttpRequest request);

    /** Whether the caller may do what is not about one repository. */
    Decision decide(Caller caller, Caller.Privilege privilege);

    /** Whether the caller may do that to the repository. */
    Decision decide(Caller caller, RepositoryName repository, Action action);

    /**
     * Whether the name may stand in a list that the caller may have: the right to pull counts, not whether
     * these credentials were asked for that repository.
     */
    boolean isListed(Caller caller, RepositoryName repository);

    /**
     * The {@code WWW-Authenticate} challenge of a 401.
     *
     * @param scope what the request needs, such as {@code repository:team/app:pull}; empty when it is
     *     about nothing in particular
     */
    String challenge(HttpRequest request, String scope);
}
