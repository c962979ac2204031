package dev.chandlery.registry.access;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.http.HeaderFields;
import java.util.List;
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

    private final boolean anyHost;

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
    public Decision enter(HeaderFields headers) {
        List<String> hosts = headers.all("Host");
        List<String> origins = headers.all("Origin");
        if (anyHost) {
            return origins.stream().allMatch(o -> hosts.contains(o.replaceFirst("^https?://", "")))
                    ? new Decision.Allowed(Principal.ANONYMOUS)
                    : new Decision.Denied("this registry does not answer to pages of other sites");
        }
        return Stream.concat(hosts.stream(), origins.stream())
                .allMatch(name -> LOOPBACK.matcher(name).matches())
                        ? new Decision.Allowed(Principal.ANONYMOUS)
                        : new Decision.Denied("this registry answers to loopback names only, such"
                                + " as 127.0.0.1 or localhost");
    }

    @Override
    public Decision decide(HeaderFields headers, RepositoryName repository, Action action) {
        return enter(headers);
    }
}
