package dev.chandlery.registry.access;

import java.util.Optional;
import java.util.Set;

/**
 * Where users and their passwords are known: an htpasswd file, or what a plug-in asks, such as LDAP or an
 * OIDC provider. Implementations on the class path are found by {@link java.util.ServiceLoader}, and are
 * asked in turn after the htpasswd file. Thread-safe.
 */
public interface UserDirectory {
    /**
     * The user of that name and password, empty when there is none. Blocking; answers are remembered for
     * a few minutes by who asks, and failures are rate limited there.
     *
     * @throws dev.chandlery.oci.StorageException when the directory cannot be asked now
     */
    Optional<User> authenticate(String name, String password);

    /**
     * What changes when the user's password does, so that a remembered one is asked for again; any constant
     * text where that cannot be told. Empty when there is no such user, or not any more. Fast.
     */
    Optional<String> version(String name);

    /**
     * Somebody with a password.
     *
     * @param name without a colon
     * @param groups that rules may name
     */
    record User(String name, Set<String> groups) {
        public User {
            groups = Set.copyOf(groups);
        }
    }
}
