package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.refusal.RefusedException;

/** Digests in requests. */
final class Digests {
    private Digests() {}

    /** @throws RefusedException 400 {@code DIGEST_INVALID} */
    static Digest parse(String text) {
        try {
            return Digest.parse(text);
        } catch (InvalidReferenceException e) {
            throw new RefusedException(ErrorCode.DIGEST_INVALID, String.valueOf(e.getMessage()));
        }
    }
}
