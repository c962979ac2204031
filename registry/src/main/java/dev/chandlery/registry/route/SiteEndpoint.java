package dev.chandlery.registry.route;

import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import java.io.IOException;

/** An endpoint beside the distribution API, at a path of its own; asks for rights itself if it needs any. */
@FunctionalInterface
public interface SiteEndpoint {
    /**
     * Answers the request.
     *
     * @throws dev.chandlery.registry.refusal.RefusedException for every answer that is an error
     * @throws IOException when the client's body breaks
     */
    HttpResponse answer(HttpRequest request, Query query) throws IOException;
}
