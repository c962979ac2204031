package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Bytes;
import dev.chandlery.registry.access.Caller;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.route.Query;
import dev.chandlery.registry.route.RootEndpoint;

/**
 * Says that this is a registry, and which one: programs on the same machine compare the instance with
 * what the storage folder records, so that a foreign service on a reused port is not taken for it.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Determining Support, end-1.
 */
public record GetRoot(String instance) implements RootEndpoint {
    /** Header that carries {@link #instance}. */
    public static final String INSTANCE_HEADER = "Chandlery-Instance";

    @Override
    public HttpResponse answer(HttpRequest request, Query query, Caller caller) {
        HttpResponse response = HttpResponse.of(200).with(INSTANCE_HEADER, instance);
        return JsonAnswers.of(response, request, Bytes.ofUtf8("{}"));
    }
}
