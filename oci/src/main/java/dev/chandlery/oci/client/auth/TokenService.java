package dev.chandlery.oci.client.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.UnauthorizedException;
import dev.chandlery.oci.concurrent.Flights;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.Origin;
import dev.chandlery.oci.json.LenientJson;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Gets bearer tokens from the server that a registry names, and keeps them while they are valid.
 *
 * <p>Credentials are sent to that realm only when it is as safe as the registry: https, or plain http of
 * the same host when the registry itself is plain http.
 *
 * <p><b>Spec:</b> distribution project, Token Authentication Specification and OAuth2 Token
 * Authentication. <b>Concurrency:</b> thread-safe; of threads that want the same token at once, one fetches
 * it and the others wait for what it gets.
 */
final class TokenService {
    private static final MediaType FORM = new MediaType("application/x-www-form-urlencoded");
    private static final String CLIENT_ID = "chandlery";
    private static final String TOKEN_USER = "<token>";
    private static final long MAX_REPLY_BYTES = 256L * 1024;
    private static final long DEFAULT_SECONDS = 60;
    private static final long LONGEST_SECONDS = 3600;

    private record Key(URI realm, String service, Scope scope, Credentials credentials) {
        Key withScope(Scope other) {
            return new Key(realm, service, other, credentials);
        }
    }

    private record Token(String value, Instant freshUntil) {}

    private final HttpTransport transport;
    private final Origin registry;
    private final InstantSource clock;
    private final Map<Key, Token> tokens = new ConcurrentHashMap<>();
    private final Flights<Key, String> flights = new Flights<>();

    TokenService(HttpTransport transport, Origin registry, InstantSource clock) {
        this.transport = transport;
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * A token for the scope, from memory when there is one that is valid.
     *
     * @throws UnauthorizedException when the realm is not safe or gives no token
     */
    String token(Challenge challenge, Scope scope, Credentials credentials) {
        Key key = key(challenge, scope, credentials);
        return known(key).orElseGet(() -> flights.join(key,
                () -> known(key).orElseGet(() -> {
                    Token fetched = fetch(key);
                    tokens.put(key, fetched);
                    return fetched.value;
                })));
    }

    /** One that is valid, for this or a wider scope. */
    private Optional<String> known(Key key) {
        return Stream.concat(Stream.of(key.scope), key.scope.wider().stream())
                .map(scope -> tokens.get(key.withScope(scope)))
                .filter(token -> token != null && clock.instant().isBefore(token.freshUntil))
                .map(token -> token.value)
                .findFirst();
    }

    /** Forgets a token that was refused; not one that came in its place meanwhile. */
    void forget(String refused) {
        tokens.values().removeIf(token -> token.value.equals(refused));
    }

    private Key key(Challenge challenge, Scope scope, Credentials credentials) {
        return new Key(realm(challenge), challenge.parameter("service").orElse(""), scope,
                credentials);
    }

    private URI realm(Challenge challenge) {
        String text = challenge.parameter("realm").orElse("");
        try {
            URI realm = URI.create(text);
            Origin origin = Origin.of(realm);
            boolean plainAlike = !registry.isSecure() && origin.host().equals(registry.host());
            if (realm.getRawUserInfo() != null || !(origin.isSecure() || plainAlike)) {
                throw refused("the token realm is not protected by TLS");
            }
            return realm;
        } catch (IllegalArgumentException e) {
            throw refused("the token realm is no http or https address");
        }
    }

    private UnauthorizedException refused(String why) {
        return new UnauthorizedException("cannot log in to " + registry + ": " + why);
    }

    private Token fetch(Key key) {
        return switch (key.credentials) {
            case Credentials.Anonymous _ -> accepted(call(byGet(key)));
            case Credentials.RegistryToken(String value) -> new Token(value, Instant.MAX);
            case Credentials.IdentityToken(String value) -> {
                Answer answer = call(byPost(key,
                        "grant_type=refresh_token&refresh_token=" + encode(value)));
                // Servers without OAuth 2 take it in the place of a password.
                yield answer.status == 404 || answer.status == 405
                        ? accepted(call(byGet(key).withAuthorization(basic(TOKEN_USER, value))))
                        : accepted(answer);
            }
            case Credentials.Password(String user, String password) -> {
                Answer basic = call(byGet(key).withAuthorization(basic(user, password)));
                // ACR and others want OAuth 2 where Basic fails.
                yield basic.token.isPresent() || basic.status == 429
                        ? accepted(basic)
                        : accepted(call(byPost(key, "grant_type=password&access_type=offline"
                                + "&username=" + encode(user) + "&password=" + encode(password))));
            }
        };
    }

    private record Answer(int status, Optional<Token> token) {}

    private Answer call(HttpCall call) {
        HttpCall guarded = call.withNamedOrigin(registry)
                .withAction("get a token for " + registry);
        try (HttpReply reply = transport.send(guarded)) {
            return new Answer(reply.status(), reply.isSuccess()
                    ? Optional.of(parse(reply.bytes(MAX_REPLY_BYTES)))
                    : Optional.empty());
        }
    }

    private Token accepted(Answer answer) {
        return answer.token.orElseThrow(
                () -> refused("the token server answered " + answer.status));
    }

    private Token parse(Bytes body) {
        JsonNode reply = LenientJson.read("the answer of the token server for " + registry, body);
        String value = reply.path("token").asText("");
        if (value.isEmpty()) {
            value = reply.path("access_token").asText("");
        }
        if (!value.matches("[\\x21-\\x7e]+")) {
            throw refused("the token server gave no usable token");
        }
        long seconds = reply.path("expires_in").asLong(DEFAULT_SECONDS);
        long valid = seconds <= 0 ? DEFAULT_SECONDS : Math.min(seconds, LONGEST_SECONDS);
        // A tenth earlier, so that a request does not set out with a token that dies on the way.
        return new Token(value, clock.instant()
                .plus(Duration.ofSeconds(valid)
                        .multipliedBy(9)
                        .dividedBy(10)));
    }

    private static HttpCall byGet(Key key) {
        StringBuilder query = new StringBuilder("service=").append(encode(key.service));
        key.scope.values().forEach(s -> query.append("&scope=").append(encode(s)));
        if (key.credentials instanceof Credentials.Password password) {
            query.append("&account=").append(encode(password.user()));
        }
        String realm = key.realm.toString();
        return HttpCall.get(URI.create(realm + (realm.indexOf('?') < 0 ? "?" : "&") + query));
    }

    /** Never redirected: the body is the secret. */
    private static HttpCall byPost(Key key, String grant) {
        String form = grant + "&service=" + encode(key.service) + "&client_id=" + CLIENT_ID
                + "&scope=" + encode(String.join(" ", key.scope.values()));
        Bytes body = Bytes.ofUtf8(form);
        return HttpCall.of("POST", key.realm)
                .withBody(Content.of(body), body.size(), FORM)
                .withoutRedirects();
    }

    static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
