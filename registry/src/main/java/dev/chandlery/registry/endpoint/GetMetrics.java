package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.access.Authorizer;
import dev.chandlery.registry.access.Caller;
import dev.chandlery.registry.access.Decision;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.route.Query;
import dev.chandlery.registry.route.SiteEndpoint;
import java.util.function.Supplier;

/** Metrics in Prometheus' text format, for those who may read them: they tell of all repositories together. */
public record GetMetrics(Authorizer authorizer, Supplier<String> metrics) implements SiteEndpoint {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    @Override
    public HttpResponse answer(HttpRequest request, Query query) {
        Caller caller = authorizer.identify(request);
        Decision decision = authorizer.decide(caller, Caller.Privilege.METRICS);
        if (decision instanceof Decision.Denied(var reason)) {
            throw new RefusedException(ErrorCode.DENIED, reason);
        }
        if (!(decision instanceof Decision.Allowed)) {
            throw new RefusedException(ErrorCode.UNAUTHORIZED, ErrorCode.UNAUTHORIZED.status(),
                    "cannot read metrics: authentication required", HeaderFields.of(
                            "WWW-Authenticate", "Basic realm=\"metrics\""));
        }
        return JsonAnswers.of(HttpResponse.of(200), TYPE, request, Bytes.ofUtf8(metrics.get()));
    }
}
