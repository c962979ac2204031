package dev.chandlery.oci.client.auth;

import dev.chandlery.oci.Registry;
import dev.chandlery.oci.http.HttpCall;
import dev.chandlery.oci.http.HttpReply;
import dev.chandlery.oci.http.HttpTransport;
import dev.chandlery.oci.http.Origin;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls to one registry with the credentials that it asks for. Each call is answered at most one
 * challenge, so a registry that refuses for ever costs two requests.
 *
 * <p><b>Concurrency:</b> thread-safe. The credentials are looked up once, under this object's lock, as
 * a helper program may ask the user, and again when they have worn out.
 */
public final class Authorizer {
    private static final String BEARER = "Bearer ";

    private final HttpTransport transport;
    private final Origin registry;
    private final CredentialProvider provider;
    private final Registry named;
    private final TokenService tokens;
    private volatile @Nullable Challenge remembered;
    private @Nullable Credentials credentials;

    /**
     * @param origin where requests are sent to
     * @param named the registry as users name it, by which credentials are found
     */
    public Authorizer(HttpTransport transport, Origin origin, Registry named,
            CredentialProvider provider) {
        this.transport = transport;
        this.registry = origin;
        this.named = named;
        this.provider = provider;
        this.tokens = new TokenService(transport, origin, InstantSource.system());
    }

    /** The reply; 401 when the registry wants what we do not have. */
    public HttpReply send(HttpCall call, Scope scope) {
        if (!Origin.of(call.uri()).equals(registry)) {
            return transport.send(call);
        }
        Challenge known = remembered;
        Optional<String> header = known == null ? Optional.empty() : answer(known, scope);
        HttpReply reply = transport.send(header.map(call::withAuthorization).orElse(call));
        if (reply.status() != 401 || !isFromRegistry(reply)) {
            return reply;
        }
        header.filter(sent -> sent.startsWith(BEARER))
                .ifPresent(sent -> tokens.forget(sent.substring(BEARER.length())));
        if (!call.isReplayable()) {
            return reply;
        }
        try {
            return answered(call, scope, header, reply);
        } catch (RuntimeException e) {
            reply.close();
            throw e;
        }
    }

    /** The reply to the call with what a 401 asks for; that itself when we have nothing better. */
    private HttpReply answered(HttpCall call, Scope scope, Optional<String> header,
            HttpReply reply) {
        Optional<Challenge> asked = choose(Challenge.parse(reply.headers("WWW-Authenticate")));
        if (asked.isEmpty()) {
            return reply;
        }
        Challenge challenge = asked.get();
        Scope wanted = wanted(challenge, scope);
        Credentials used = credentials();
        Optional<String> renewed = answer(challenge, wanted);
        if (renewed.equals(header) && renew(used)) {
            renewed = answer(challenge, wanted);
        }
        if (renewed.isEmpty() || renewed.equals(header)) {
            return reply;
        }
        reply.close();
        remembered = challenge;
        return transport.send(call.withAuthorization(renewed.get()));
    }

    /** Whether we have an identity, and the registry wants tokens for it. */
    public boolean usesTokens() {
        Challenge known = remembered;
        return known != null && known.scheme().equals("bearer")
                && !(credentials() instanceof Credentials.Anonymous);
    }

    /** A challenge counts only when it comes from the registry itself, not from where it redirected. */
    private boolean isFromRegistry(HttpReply reply) {
        return Origin.of(reply.uri()).equals(registry);
    }

    private Optional<Challenge> choose(List<Challenge> offered) {
        return offered.stream()
                .filter(c -> c.scheme().equals("bearer"))
                .findFirst()
                .or(() -> offered.stream().filter(c -> c.scheme().equals("basic")).findFirst());
    }

    private Optional<String> answer(Challenge challenge, Scope scope) {
        if (challenge.scheme().equals("bearer")) {
            return Optional.of(BEARER + tokens.token(challenge, scope, credentials()));
        }
        return credentials() instanceof Credentials.Password(String user, String password)
                ? Optional.of(TokenService.basic(user, password))
                : Optional.empty();
    }

    /** Our scope, and the one that the registry asks for when ours is another or none. */
    private static Scope wanted(Challenge challenge, Scope ours) {
        if (!ours.values().isEmpty()) {
            return ours;
        }
        return challenge.parameter("scope").map(s -> new Scope(List.of(s))).orElse(ours);
    }

    /** Whether there are others now than those that were refused. */
    private synchronized boolean renew(Credentials refused) {
        if (refused.equals(credentials)) {
            provider.renewed(named, refused).ifPresent(other -> credentials = other);
        }
        return !refused.equals(credentials);
    }

    private synchronized Credentials credentials() {
        if (credentials == null) {
            credentials = provider.credentials(named);
        }
        return credentials;
    }
}
