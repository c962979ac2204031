package dev.chandlery.testkit.upstream;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What {@link FakeGithub} was asked. */
public final class GithubRequests {

    /** Kinds of requests. */
    public enum Kind {
        /** A page of releases. */
        LISTING,
        /** One release, or one file's description. */
        LOOKUP,
        ATTESTATION,
        /** A download at the web site, which redirects to storage. */
        DOWNLOAD,
        /** Bytes of storage. */
        STORAGE,
        OTHER
    }

    /** One request. */
    public record Seen(Kind kind, String method, String target, Optional<String> authorization,
            Optional<String> range) {}

    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    void add(Kind kind, HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        seen.add(new Seen(kind, exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                Optional.ofNullable(headers.getFirst("Authorization")), Optional.ofNullable(headers
                        .getFirst("Range"))));
    }

    /** All since the start, or since {@link #forget}, in the order they came. */
    public List<Seen> all() {
        return List.copyOf(seen);
    }

    /** Those of a kind. */
    public List<Seen> all(Kind kind) {
        return seen.stream().filter(request -> request.kind() == kind).toList();
    }

    public int count(Kind kind) {
        return all(kind).size();
    }

    /** Begins anew, for a second run. */
    public void forget() {
        seen.clear();
    }
}
