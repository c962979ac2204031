package dev.chandlery.registry.route;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.access.Action;
import dev.chandlery.registry.access.Caller;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.http.HttpResponse;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is learnt of one request on its way; used by its thread only. */
final class Trace {
    static final String ID_HEADER = "X-Request-Id";
    private static final Pattern FIT_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private final HttpRequest request;
    private final Optional<String> clientId;
    private final long begin = System.nanoTime();
    private @Nullable String id;
    private String route = "other";
    private @Nullable RepositoryName repository;
    private String argument = "";
    private @Nullable Action action;
    private @Nullable Caller caller;
    private Served.@Nullable Refusal refusal;
    private HeaderFields left = HeaderFields.NONE;

    Trace(HttpRequest request) {
        this.request = request;
        this.clientId = request.headers().first(ID_HEADER).filter(Trace::isFit);
    }

    /** What the client calls it, which alone is sent back: ours would make equal answers differ. */
    Optional<String> clientId() {
        return clientId;
    }

    String id() {
        String known = id;
        if (known == null) {
            known = clientId.orElseGet(() -> HexFormat.of()
                    .toHexDigits(ThreadLocalRandom.current()
                            .nextLong()));
            id = known;
        }
        return known;
    }

    void found(String name) {
        route = name;
    }

    void found(Route found) {
        switch (found) {
            case Route.Root _ -> route = "root";
            case Route.Catalog _ -> route = "catalog";
            case Route.InRepository at -> {
                route = at.resource().label();
                repository = at.repository();
                argument = at.argument();
            }
        }
    }

    void wants(Action wanted) {
        action = wanted;
    }

    /** How much the caller may still ask, for whatever answer it gets. */
    void admitted(HeaderFields fields) {
        left = fields;
    }

    HeaderFields left() {
        return left;
    }

    void by(Caller known) {
        caller = known;
    }

    /** @throws IllegalStateException before that is known */
    Caller caller() {
        Caller known = caller;
        if (known == null) {
            throw new IllegalStateException("the caller is not known yet");
        }
        return known;
    }

    void refused(String code, String reason) {
        if (refusal == null) {
            refusal = new Served.Refusal(code, reason);
        }
    }

    Served served(HttpResponse response) {
        return new Served(id(), request, route, repository, argument, action, caller, refusal,
                response);
    }

    long nanos() {
        return System.nanoTime() - begin;
    }

    // It is written into logs: nothing that could end a line or a field.
    private static boolean isFit(String text) {
        return FIT_ID.matcher(text).matches();
    }
}
