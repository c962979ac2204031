package dev.chandlery.registry.access;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.http.HeaderFields;
import java.util.regex.Pattern;

/**
 * Everybody may do everything, as long as they really speak to this machine: a request whose
 * {@code Host} is not a loopback name comes from a page that a browser was lured to (DNS rebinding), and
 * so does one that names a foreign {@code Origin}; both are denied.
 */
public final class OpenAuthorizer implements Authorizer {
    private static final Pattern LOOPBACK = Pattern.compile(
            "(?:https?://)?(?:localhost|[a-z0-9.-]+\\.localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1])(?::[0-9]{1,5})?",
            Pattern.CASE_INSENSITIVE);

    @Override
    public Decision enter(HeaderFields headers) {
        boolean local = headers.all("Host").stream().allMatch(h -> LOOPBACK.matcher(h).matches())
                && headers.all("Origin").stream().allMatch(o -> LOOPBACK.matcher(o).matches());
        return local
                ? new Decision.Allowed(Principal.ANONYMOUS)
                : new Decision.Denied("this registry answers to loopback names only, such as"
                        + " 127.0.0.1 or localhost");
    }

    @Override
    public Decision decide(HeaderFields headers, RepositoryName repository, Action action) {
        return enter(headers);
    }
}
