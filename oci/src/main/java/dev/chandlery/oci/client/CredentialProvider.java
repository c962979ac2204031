package dev.chandlery.oci.client;

import dev.chandlery.oci.Registry;

/** Finds the credentials of a registry; asked at most once for each connection to it. */
@FunctionalInterface
public interface CredentialProvider {

    /** The credentials, {@link Credentials.Anonymous} when there are none; may start a helper program. */
    Credentials credentials(Registry registry);

    /** Never has any. */
    static CredentialProvider anonymous() {
        return _ -> Credentials.anonymous();
    }
}
