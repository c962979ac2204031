package dev.chandlery.registry.route;

import dev.chandlery.registry.access.Caller;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;

/** One endpoint that belongs to no repository; takes GET and HEAD. */
@FunctionalInterface
public interface RootEndpoint {
    HttpResponse answer(HttpRequest request, Query query, Caller caller);
}
