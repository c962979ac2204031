package dev.chandlery.oci.client.auth;

import dev.chandlery.oci.Registry;
import java.util.Map;

/**
 * Credentials that are known beforehand, bound to their registries; others get none.
 *
 * @param known by registry, as the user names it
 */
public record FixedCredentials(Map<Registry, Credentials> known) implements CredentialProvider {

    public FixedCredentials {
        known = Map.copyOf(known);
    }

    /** Of one registry. */
    public static FixedCredentials of(Registry registry, String user, String password) {
        return new FixedCredentials(Map.of(registry, new Credentials.Password(user, password)));
    }

    @Override
    public Credentials credentials(Registry registry) {
        return known.getOrDefault(registry, Credentials.anonymous());
    }
}
