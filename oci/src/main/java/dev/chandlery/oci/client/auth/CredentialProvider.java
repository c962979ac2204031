package dev.chandlery.oci.client.auth;

import dev.chandlery.oci.Registry;
import java.util.Optional;

/** Finds the credentials of a registry; asked once for each connection to it, and for others when refused. */
@FunctionalInterface
public interface CredentialProvider {

    /** The credentials, {@link Credentials.Anonymous} when there are none; may start a helper program. */
    Credentials credentials(Registry registry);

    /**
     * Other credentials in the place of those that were refused, where they wear out; empty when there are no
     * others.
     */
    default Optional<Credentials> renewed(Registry registry, Credentials refused) {
        return Optional.empty();
    }

    /** Never has any. */
    static CredentialProvider anonymous() {
        return _ -> Credentials.anonymous();
    }
}
