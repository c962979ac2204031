package dev.chandlery.registry.metadata;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A long-lived token, without its secret.
 *
 * @param id the part of the token that is no secret
 * @param name that it was given
 * @param secretHash SHA-256 of the secret, lower-case hexadecimal
 * @param scopes such as {@code oci:repository:team/**:pull,push}
 * @param readOnly whether it can only pull, whatever its scopes say
 * @param created when it was made
 * @param expires from when it is not good any more; null when it never expires
 * @param revoked since when it is not good any more; null when it was not revoked
 */
public record AccessToken(String id, String name, String secretHash, List<String> scopes,
        boolean readOnly, Instant created, @Nullable Instant expires, @Nullable Instant revoked) {
    public AccessToken {
        scopes = List.copyOf(scopes);
    }

    /** Whether it is good at that time. */
    public boolean isGood(Instant now) {
        return revoked == null && (expires == null || now.isBefore(expires));
    }
}
