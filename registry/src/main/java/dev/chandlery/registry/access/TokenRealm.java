package dev.chandlery.registry.access;

import dev.chandlery.registry.http.HttpRequest;
import java.net.URI;
import java.util.Optional;

/**
 * Where clients get short-lived tokens, as challenges tell them.
 *
 * @param publicUrl how clients reach this registry, such as {@code https://registry.example}; when empty, it is
 *     what the request itself was sent to
 */
public record TokenRealm(Optional<URI> publicUrl) {
    /** Path of the token endpoint. */
    public static final String PATH = "/token";

    String challenge(HttpRequest request, String scope) {
        return "Bearer realm=\"" + base(request) + PATH + "\",service=\"" + ShortLived.SERVICE
                + "\"" + (scope.isEmpty() ? "" : ",scope=\"" + scope + "\"");
    }

    // A Host field is the client's own word about where it is; what could end the quotes is left out.
    private String base(HttpRequest request) {
        return publicUrl.map(url -> url.toString().replaceFirst("/+$", ""))
                .orElseGet(() -> (request.peer().secure() ? "https://" : "http://")
                        + request.headers()
                                .first("Host")
                                .orElse("localhost")
                                .replaceAll("[^A-Za-z0-9.:\\[\\]_-]", ""));
    }
}
