package dev.chandlery.registry.route;

import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.access.Action;
import dev.chandlery.registry.access.Authorizer;
import dev.chandlery.registry.access.Caller;
import dev.chandlery.registry.access.Decision;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpHandler;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import dev.chandlery.registry.refusal.RefusedException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Finds the endpoint of a request, asks whether it may be answered, and turns failures into answers. */
public final class Router implements HttpHandler {
    /** First component of names that belong to package protocols; plain pushes there are refused. */
    private static final String RESERVED = "packages";

    private static final HeaderFields ALWAYS = new HeaderFields.Builder()
            .add("Docker-Distribution-API-Version", "registry/2.0")
            .add("X-Content-Type-Options", "nosniff")
            .build();
    private static final int CLIENT_WENT_AWAY = 499;

    private final RouteTable table;
    private final RouteTable hidden;
    private final Gatekeeper gatekeeper;
    private final RequestObserver observer;
    private final FailureAnswers failures = new FailureAnswers();

    /**
     * Who decides.
     *
     * @param authorizer on rights
     * @param admission on how much may be asked
     */
    public record Gatekeeper(Authorizer authorizer, Admission admission) {}

    /**
     * Over these tables.
     *
     * @param table what is answered
     * @param hidden what is answered to callers who may not see a repository: the same endpoints, over
     *     stores in which nothing is ever found
     */
    public Router(RouteTable table, RouteTable hidden, Gatekeeper gatekeeper,
            RequestObserver observer) {
        this.table = table;
        this.hidden = hidden;
        this.gatekeeper = gatekeeper;
        this.observer = observer;
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        Trace trace = new Trace(request);
        HttpResponse response;
        try {
            response = answer(request, trace);
        } catch (RuntimeException e) { // the server's top: every failure becomes an answer
            response = failures.answer(request, e, trace);
        } catch (OutOfMemoryError | StackOverflowError e) { // of this request only, as a rule
            response = failures.answer(request, new IllegalStateException(e.toString(), e), trace);
        } catch (IOException e) { // the client went away
            observer.sent(trace.served(HttpResponse.of(CLIENT_WENT_AWAY)),
                    new RequestObserver.Transfer(0, 0, trace.nanos(), false));
            throw e;
        }
        return observed(response.with(ALWAYS).with(trace.left()), trace);
    }

    private HttpResponse observed(HttpResponse response, Trace trace) {
        HttpResponse named = trace.clientId()
                .map(id -> response.with(Trace.ID_HEADER, id))
                .orElse(response);
        Served served = trace.served(named);
        observer.answered(served);
        return named.whenSent((received, sent, complete) -> observer.sent(served,
                new RequestObserver.Transfer(received, sent, trace.nanos(), complete)));
    }

    @Override
    public HttpResponse refuse(int status, String reason) {
        observer.malformed(status);
        return failures.refused(status, reason);
    }

    private HttpResponse answer(HttpRequest request, Trace trace) throws IOException {
        gatekeeper.admission().arrive(request);
        Map<String, SiteEndpoint> site = table.site(request.rawPath());
        if (site != null) {
            trace.found(request.rawPath().substring(1));
            SiteEndpoint endpoint = site.get(request.method());
            if (endpoint == null) {
                throw methodNotAllowed(request.method(), String.join(", ", site.keySet()));
            }
            return endpoint.answer(request, Query.parse(request.rawQuery()));
        }
        Route route = RouteParser.parse(request.rawPath());
        trace.found(route);
        Caller caller = gatekeeper.authorizer().identify(request);
        trace.by(caller);
        trace.admitted(gatekeeper.admission().admit(request, caller));
        Query query = Query.parse(request.rawQuery());
        return switch (route) {
            case Route.Root _ -> root(new Rooted(Caller.Privilege.ENTER, "", table.root()),
                    request, query, trace);
            case Route.Catalog _ -> root(new Rooted(Caller.Privilege.CATALOG,
                    "registry:catalog:*", table.catalog()), request, query, trace);
            case Route.InRepository at -> inRepository(at, new Call(request, query, at
                    .repository(), at.argument(), caller), trace);
        };
    }

    private record Rooted(Caller.Privilege privilege, String scope,
            RootEndpoint endpoint) {}

    private HttpResponse root(Rooted rooted, HttpRequest request, Query query, Trace trace) {
        if (!request.method().equals("GET") && !request.isHead()) {
            throw methodNotAllowed(request.method(), "GET, HEAD");
        }
        Caller caller = trace.caller();
        require(gatekeeper.authorizer().decide(caller, rooted.privilege()), request, rooted
                .scope());
        return rooted.endpoint().answer(request, query, caller);
    }

    private HttpResponse inRepository(Route.InRepository at, Call call, Trace trace)
            throws IOException {
        Map<String, RouteTable.Operation> operations = table.of(at.resource());
        RouteTable.Operation operation = operations.get(call.request().method());
        if (operation == null) {
            throw methodNotAllowed(call.request().method(), String.join(", ", operations
                    .keySet()));
        }
        trace.wants(operation.action());
        Decision decision = gatekeeper.authorizer()
                .decide(call.caller(), at.repository(),
                        operation.action());
        if (decision instanceof Decision.Hidden) {
            trace.refused("HIDDEN", call.caller().name() + " may not see " + at.repository());
            RouteTable.Operation same = hidden.of(at.resource()).get(call.request().method());
            if (same == null) {
                throw new IllegalStateException("only what is pulled can be hidden");
            }
            return same.endpoint().answer(call);
        }
        require(decision, call.request(), scope(call, operation.action()));
        if (operation.action() != Action.PULL) {
            refuseReserved(at.repository());
            requireSource(call);
        }
        return operation.endpoint().answer(call);
    }

    private void require(Decision decision, HttpRequest request, String scope) {
        switch (decision) {
            case Decision.Allowed _ -> {
            }
            case Decision.Denied(var reason) -> throw new RefusedException(ErrorCode.DENIED,
                    reason);
            case Decision.Hidden _ -> throw new IllegalStateException(
                    "only repositories can be hidden");
            case Decision.Unauthenticated _ -> throw new RefusedException(ErrorCode.UNAUTHORIZED,
                    ErrorCode.UNAUTHORIZED.status(), "authentication required",
                    HeaderFields.of("WWW-Authenticate", gatekeeper.authorizer()
                            .challenge(request,
                                    scope)));
        }
    }

    /** What to ask the token endpoint for; who pushes looks at what is there too. */
    private static String scope(Call call, Action action) {
        String own = "repository:" + call.repository() + ":" + switch (action) {
            case PULL -> "pull";
            case PUSH -> "pull,push";
            case DELETE -> "delete";
        };
        Optional<String> source = call.query().first("from").filter(Router::isName);
        return source.map(from -> own + " repository:" + from + ":pull").orElse(own);
    }

    /**
     * Who may pull from the source of a mount and sent a token that was not asked for that is told to come again
     * with more; nobody else is told anything about the source.
     */
    private void requireSource(Call call) {
        if (call.query().first("mount").isEmpty() || call.caller().isAnonymous()) {
            return;
        }
        call.query()
                .first("from")
                .filter(Router::isName)
                .map(from -> gatekeeper.authorizer()
                        .decide(call.caller(), new RepositoryName(from), Action.PULL))
                .filter(Decision.Unauthenticated.class::isInstance)
                .ifPresent(decision -> require(decision, call.request(), scope(call,
                        Action.PUSH)));
    }

    private static boolean isName(String text) {
        try {
            return !new RepositoryName(text).value().isEmpty();
        } catch (InvalidReferenceException _) {
            return false;
        }
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
                HeaderFields.of("Allow", allowed));
    }
}
