package dev.chandlery.config;

import java.util.Optional;

/**
 * Credentials of a registry, by reference.
 *
 * @param required whether to log in before the first request, and fail without credentials
 * @param method where credentials come from
 * @param username with {@link AuthMethod#BASIC}
 * @param password with {@link AuthMethod#BASIC}
 */
public record AuthSpec(boolean required, AuthMethod method, Optional<String> username,
        Optional<SecretReference> password) {}
