package dev.chandlery.registry.route;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.access.Action;
import dev.chandlery.registry.access.Authorizer;
import dev.chandlery.registry.access.Decision;
import dev.chandlery.registry.access.Principal;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpHandler;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.refusal.RefusedException;
import dev.chandlery.registry.refusal.Unknown;
import java.io.IOException;
import java.util.Map;

/** Finds the endpoint of a request, asks whether it may be answered, and turns failures into answers. */
public final class Router implements HttpHandler {
    /** First component of names that belong to package protocols; plain pushes there are refused. */
    private static final String RESERVED = "packages";

    private final RouteTable table;
    private final Authorizer authorizer;
    private final FailureAnswers failures = new FailureAnswers();

    public Router(RouteTable table, Authorizer authorizer) {
        this.table = table;
        this.authorizer = authorizer;
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        HttpResponse response;
        try {
            response = answer(request);
        } catch (RuntimeException e) { // the server's top: every failure becomes an answer
            response = failures.answer(request, e);
        }
        return response.with("Docker-Distribution-API-Version", "registry/2.0")
                .with("X-Content-Type-Options", "nosniff");
    }

    @Override
    public HttpResponse refuse(int status, String reason) {
        return failures.refused(status, reason);
    }

    private HttpResponse answer(HttpRequest request) throws IOException {
        Route route = RouteParser.parse(request.rawPath());
        Query query = Query.parse(request.rawQuery());
        return switch (route) {
            case Route.Root _ -> atRoot(table.root(), request, query);
            case Route.Catalog _ -> atRoot(table.catalog(), request, query);
            case Route.InRepository at -> inRepository(at, request, query);
        };
    }

    private HttpResponse atRoot(RootEndpoint endpoint, HttpRequest request, Query query) {
        allowed(authorizer.enter(request.headers()), () -> new RefusedException(ErrorCode.DENIED,
                "cannot use registry: denied"));
        if (!request.method().equals("GET") && !request.isHead()) {
            throw methodNotAllowed(request.method(), "GET, HEAD");
        }
        return endpoint.answer(request, query);
    }

    private HttpResponse inRepository(Route.InRepository at, HttpRequest request, Query query)
            throws IOException {
        Map<String, RouteTable.Operation> operations = table.of(at.resource());
        RouteTable.Operation operation = operations.get(request.method());
        if (operation == null) {
            throw methodNotAllowed(request.method(), String.join(", ", operations.keySet()));
        }
        Principal principal = allowed(authorizer.decide(request.headers(), at.repository(),
                operation.action()), () -> hidden(at));
        if (operation.action() != Action.PULL) {
            refuseReserved(at.repository());
        }
        return operation.endpoint()
                .answer(new Call(request, query, at.repository(), at.argument(), principal));
    }

    private static Principal allowed(Decision decision, Hiding hiding) {
        return switch (decision) {
            case Decision.Allowed(var principal) -> principal;
            case Decision.Denied(var reason) -> throw new RefusedException(ErrorCode.DENIED,
                    reason);
            case Decision.Hidden _ -> throw hiding.refusal();
            case Decision.Unauthenticated(var challenge) -> throw new RefusedException(
                    ErrorCode.UNAUTHORIZED, ErrorCode.UNAUTHORIZED.status(),
                    "authentication required",
                    HeaderFields.NONE.plus("WWW-Authenticate", challenge));
        };
    }

    @FunctionalInterface
    private interface Hiding {
        RefusedException refusal();
    }

    private static RefusedException hidden(Route.InRepository at) {
        return switch (at.resource()) {
            case BLOB -> Unknown.blob(at.repository(), at.argument());
            case MANIFEST -> Unknown.manifest(at.repository(), at.argument());
            case UPLOAD -> Unknown.upload(at.repository());
            case TAGS, UPLOADS, REFERRERS -> Unknown.repository(at.repository());
        };
    }

    private static void refuseReserved(RepositoryName repository) {
        if (repository.value().equals(RESERVED) || repository.value().startsWith(RESERVED + "/")) {
            throw new RefusedException(ErrorCode.DENIED, "cannot change " + repository
                    + ": names below " + RESERVED + "/ are reserved for package protocols");
        }
    }

    private static RefusedException methodNotAllowed(String method, String allowed) {
        return new RefusedException(ErrorCode.UNSUPPORTED, 405,
                "cannot " + method + " this endpoint: expected " + allowed,
                HeaderFields.NONE.plus("Allow", allowed));
    }
}
