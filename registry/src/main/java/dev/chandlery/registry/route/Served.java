package dev.chandlery.registry.route;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.access.Action;
import dev.chandlery.registry.access.Caller;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request and how it was answered.
 *
 * @param id of the request: the client's own, if it sent a fit one
 * @param request as it came
 * @param route name of the endpoint, such as {@code manifest}; few different ones
 * @param repository that the path names; null outside of repositories
 * @param argument last segment of the path where the endpoint takes one, else empty
 * @param action that the endpoint is about; null outside of repositories
 * @param caller who asked; null when that was not found out
 * @param refusal why it was refused; null when it was not
 * @param response that is or was sent
 */
public record Served(String id, HttpRequest request, String route,
        @Nullable RepositoryName repository, String argument, @Nullable Action action,
        @Nullable Caller caller, @Nullable Refusal refusal, HttpResponse response) {

    /**
     * Why a request was refused.
     *
     * @param code in the words of error answers; {@code HIDDEN} for what looks like an ordinary 404
     * @param reason for whoever runs the registry
     */
    public record Refusal(String code, String reason) {}
}
