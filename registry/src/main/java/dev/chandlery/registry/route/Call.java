package dev.chandlery.registry.route;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.access.Caller;
import dev.chandlery.registry.hook.Change;
import dev.chandlery.registry.http.HttpRequest;

/**
 * A request that found its endpoint and may be answered.
 *
 * @param request as it came
 * @param query its parameters
 * @param repository that the path names
 * @param argument last segment of the path where the endpoint takes one, else empty
 * @param caller who asks
 */
public record Call(HttpRequest request, Query query, RepositoryName repository, String argument,
        Caller caller) {

    /** Whose share of what all share it uses. */
    public String account() {
        return caller.account(request.peer().address());
    }

    /** Who changes something, for hooks. */
    public Change.Actor actor() {
        return new Change.Actor(caller.name(), request.peer().address());
    }
}
