package dev.chandlery.config.endpoint;

import dev.chandlery.config.value.SecretReference;
import java.util.Optional;

/**
 * Credentials of a registry, by reference.
 *
 * @param required whether to log in before the first request, and fail without credentials
 * @param method where credentials come from
 * @param username with {@link AuthMethod#BASIC} or {@link AuthMethod#TOKEN}
 * @param password with {@link AuthMethod#BASIC} or {@link AuthMethod#TOKEN}
 */
public record AuthSpec(boolean required, AuthMethod method, Optional<String> username,
        Optional<SecretReference> password) {}
