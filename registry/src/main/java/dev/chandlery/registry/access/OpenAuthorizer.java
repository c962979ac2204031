package dev.chandlery.registry.access;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.refusal.RefusedException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everybody may do everything. On loopback, as long as they really speak to this machine: a request whose
 * {@code Host} is not a loopback name comes from a page that a browser was lured to (DNS rebinding), and
 * so does one that names a foreign {@code Origin}; both are denied.
 */
public final class OpenAuthorizer implements Authorizer {
    private static final Pattern LOOPBACK = Pattern.compile(
            "(?:https?://)?(?:localhost|[a-z0-9.-]+\\.localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]{1,5})?",
            Pattern.CASE_INSENSITIVE);
    private static final Caller EVERYBODY = new Caller(Caller.ANONYMOUS, "", Set.of(), Grants.ALL,
            Grants.ALL, Set.of(Caller.Privilege.values()));
    private static final Decision ALLOWED = new Decision.Allowed();

    private final boolean anyHost;
    /** What this very server is called by nearly all requests, so that it is matched once only. */
    private volatile String lastGoodHost = "";

    private OpenAuthorizer(boolean anyHost) {
        this.anyHost = anyHost;
    }

    /** Open to those who name this machine by a loopback name. */
    public static OpenAuthorizer loopback() {
        return new OpenAuthorizer(false);
    }

    /** Open to all who can connect, except to pages of other origins in their browsers. */
    public static OpenAuthorizer everywhere() {
        return new OpenAuthorizer(true);
    }

    @Override
    public Caller identify(HttpRequest request) {
        if (anyHost) {
            requireSameOrigin(request.headers());
        } else {
            requireLoopback(request.headers());
        }
        return EVERYBODY;
    }

    /** Refuses what a page of another site sent from the browser of somebody who may connect. */
    static void requireSameOrigin(HeaderFields headers) {
        List<String> origins = headers.all("Origin");
        if (origins.isEmpty()) {
            return;
        }
        List<String> hosts = headers.all("Host");
        if (!origins.stream().allMatch(o -> hosts.contains(o.replaceFirst("^https?://", "")))) {
            throw new RefusedException(ErrorCode.DENIED,
                    "this registry does not answer to pages of other sites");
        }
    }

    private void requireLoopback(HeaderFields headers) {
        List<String> hosts = headers.all("Host");
        List<String> origins = headers.all("Origin");
        if (origins.isEmpty() && hosts.size() == 1 && hosts.getFirst().equals(lastGoodHost)) {
            return;
        }
        if (!Stream.concat(hosts.stream(), origins.stream())
                .allMatch(name -> LOOPBACK.matcher(name).matches())) {
            throw new RefusedException(ErrorCode.DENIED, "this registry answers to loopback names"
                    + " only, such as 127.0.0.1 or localhost");
        }
        hosts.stream().findFirst().ifPresent(host -> lastGoodHost = host);
    }

    @Override
    public Decision decide(Caller caller, Caller.Privilege privilege) {
        return ALLOWED;
    }

    @Override
    public Decision decide(Caller caller, RepositoryName repository, Action action) {
        return ALLOWED;
    }

    @Override
    public boolean isListed(Caller caller, RepositoryName repository) {
        return true;
    }

    @Override
    public String challenge(HttpRequest request, String scope) {
        throw new IllegalStateException("an open registry challenges nobody");
    }
}
