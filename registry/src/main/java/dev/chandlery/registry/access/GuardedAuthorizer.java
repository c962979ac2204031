package dev.chandlery.registry.access;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.refusal.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rights by rules, for callers who prove who they are: by Basic credentials, a long-lived token, or a
 * short-lived token of the token endpoint.
 *
 * <p>What a caller may not see answers like what is not there. Only who said nothing yet, or sent a token
 * that was asked for less, is told to come again with more.
 */
public final class GuardedAuthorizer implements Authorizer {
    private static final Decision ALLOWED = new Decision.Allowed();
    private static final Decision UNAUTHENTICATED = new Decision.Unauthenticated();
    private static final Decision HIDDEN = new Decision.Hidden();

    private final Logins logins;
    private final ShortLived shortLived;
    private final TokenRealm realm;
    private final Caller anonymous;

    public GuardedAuthorizer(Logins logins, ShortLived shortLived, TokenRealm realm,
            AccessRules rules) {
        this.logins = logins;
        this.shortLived = shortLived;
        this.realm = realm;
        this.anonymous = Caller.anonymous(rules.of(Caller.ANONYMOUS, Set.of()));
    }

    @Override
    public Caller identify(HttpRequest request) {
        OpenAuthorizer.requireSameOrigin(request.headers());
        List<String> fields = request.headers().all("Authorization");
        if (fields.isEmpty()) {
            return anonymous;
        }
        Optional<Credentials> credentials = fields.size() == 1
                ? Credentials.find(fields.getFirst())
                : Optional.empty();
        return credentials.flatMap(sent -> caller(sent, request.peer().address()))
                .orElseThrow(() -> new RefusedException(ErrorCode.UNAUTHORIZED,
                        ErrorCode.UNAUTHORIZED.status(), "cannot authenticate: the credentials are"
                                + " wrong or have expired",
                        HeaderFields.NONE.plus("WWW-Authenticate", challenge(request, ""))));
    }

    private Optional<Caller> caller(Credentials credentials, String address) {
        return switch (credentials) {
            case Credentials.Basic basic -> logins.caller(basic, address);
            case Credentials.Bearer(var token) -> AccessTokens.isToken(token)
                    ? logins.callerOfToken(token)
                    : shortLived.caller(token);
        };
    }

    @Override
    public Decision decide(Caller caller, Caller.Privilege privilege) {
        if (caller.beyond().contains(privilege)) {
            return ALLOWED;
        }
        return caller.isAnonymous() || privilege != Caller.Privilege.METRICS
                ? UNAUTHENTICATED
                : new Decision.Denied("cannot read metrics: " + caller.name()
                        + " has no right to");
    }

    @Override
    public Decision decide(Caller caller, RepositoryName repository, Action action) {
        boolean right = caller.rights().allow(repository, action);
        if (right && caller.carried().allow(repository, action)) {
            return ALLOWED;
        }
        if (right || caller.isAnonymous()) {
            return UNAUTHENTICATED;
        }
        return action == Action.PULL
                ? HIDDEN
                : new Decision.Denied("cannot " + action.label() + " in " + repository + ": "
                        + caller.name() + " has no right to");
    }

    @Override
    public boolean isListed(Caller caller, RepositoryName repository) {
        return caller.rights().allow(repository, Action.PULL);
    }

    @Override
    public String challenge(HttpRequest request, String scope) {
        return realm.challenge(request, scope);
    }
}
