package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Bytes;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.route.Query;
import dev.chandlery.registry.route.SiteEndpoint;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether the registry is well, for whatever keeps it running; asks for no credentials and tells no more than
 * names of its parts.
 *
 * @param failing names of the parts that do not work now
 */
public record GetHealth(Supplier<Set<String>> failing) implements SiteEndpoint {
    private static final int UNAVAILABLE = 503;

    @Override
    public HttpResponse answer(HttpRequest request, Query query) {
        Set<String> parts = failing.get();
        Bytes body = JsonAnswers.write(json -> {
            json.writeStartObject();
            json.writeStringField("status", parts.isEmpty() ? "ok" : "failing");
            if (!parts.isEmpty()) {
                JsonAnswers.strings(json, "failing", parts.stream().sorted().toList());
            }
            json.writeEndObject();
        });
        return JsonAnswers.of(HttpResponse.of(parts.isEmpty() ? 200 : UNAVAILABLE)
                .with(
                        "Cache-Control", "no-store"), request, body);
    }
}
