package dev.chandlery.testkit.hostile;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A token server beside a registry, on the same port, in one of the flavours that are met.
 *
 * <p><b>Spec:</b> token authentication and OAuth2 of the distribution project.
 *
 * @param field of the answer that has the token
 * @param firstScopeOnly whether further scopes are passed over
 * @param postOnly whether GET is refused
 * @param hides whether what is absent is 401 for those who may only pull
 */
record TokenServer(String field, boolean firstScopeOnly, boolean postOnly, boolean hides) {
    private static final String PATH = "/token";

    TokenServer(String field) {
        this(field, false, false, false);
    }

    TokenServer grantingFirstScope() {
        return new TokenServer(field, true, postOnly, hides);
    }

    TokenServer byPost() {
        return new TokenServer(field, firstScopeOnly, true, hides);
    }

    TokenServer hidingWhatIsAbsent() {
        return new TokenServer(field, firstScopeOnly, postOnly, true);
    }

    /** Lets nobody into the registry without a token for what he does. */
    void guard(HostileRegistry registry) {
        registry.always("GET", PATH, request -> postOnly
                ? Answer.error(401, "UNAUTHORIZED")
                : token(parameters(request.target().getRawQuery())));
        registry.always("POST", PATH, request -> token(parameters(new String(request.body()
                .toArray(), StandardCharsets.UTF_8))));
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")) {
            registry.when(method, request -> !isAllowed(registry, request), request -> challenge(
                    registry, request));
        }
    }

    /** A token spells out what it grants. */
    private Answer token(List<String> parameters) {
        List<String> scopes = parameters.stream()
                .filter(parameter -> parameter.startsWith("scope="))
                .flatMap(parameter -> Arrays.stream(parameter.substring("scope=".length())
                        .split(" ", -1)))
                .limit(firstScopeOnly ? 1 : 100)
                .toList();
        String token = HexFormat.of()
                .formatHex(String.join(" ", scopes)
                        .getBytes(StandardCharsets.UTF_8));
        return Answer.of(200, "{\"" + field + "\":\"t" + token + "\"}");
    }

    private boolean isAllowed(HostileRegistry registry, Request request) {
        String path = request.target().getPath();
        if (!path.startsWith("/v2/")) {
            return true;
        }
        String scopes = request.header("Authorization")
                .filter(value -> value.startsWith("Bearer t"))
                .map(value -> new String(HexFormat.of().parseHex(value.substring(8)),
                        StandardCharsets.UTF_8))
                .orElse("");
        boolean push = scopes.contains(":pull,push") || scopes.contains(":push,pull");
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (!reads || scopes.isEmpty()) {
            return push;
        }
        boolean absent = !path.contains("/referrers/") && registry.plain()
                .answer(request)
                .status() == 404;
        return push || !hides || !absent;
    }

    private static Answer challenge(HostileRegistry registry, Request request) {
        String path = request.target().getPath();
        String name = path.replaceFirst("/v2/(.*)/(blobs|manifests|tags|referrers)/.*", "$1");
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        return Answer.error(401, "UNAUTHORIZED")
                .with("WWW-Authenticate", "Bearer realm=\"" + registry.uri(PATH)
                        + "\",service=\"test\",scope=\"repository:" + name + ":" + (reads
                                ? "pull"
                                : "pull,push") + "\"");
    }

    private static List<String> parameters(String form) {
        return Arrays.stream(form.split("&", -1))
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .collect(Collectors.toList());
    }
}
