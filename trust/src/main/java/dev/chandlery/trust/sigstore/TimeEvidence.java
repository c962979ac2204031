package dev.chandlery.trust.sigstore;

import dev.chandlery.oci.Bytes;
import java.time.Instant;

/** What tells when a signature without a bundle was made; a short-lived certificate proves nothing without. */
public sealed interface TimeEvidence {

    /** Nothing: always refused, for the certificate's key may have signed at any time. */
    record None()
            implements
            TimeEvidence {}

    /**
     * A time that the caller vouches for, such as when the asset was uploaded as the release host tells.
     *
     * @param at the time
     * @param source of it, for messages and records
     */
    record Stated(Instant at, String source)
            implements
            TimeEvidence {}

    /**
     * The transparency log's promise, as cosign's {@code --bundle} wrote it before sigstore bundles
     * ({@code base64Signature}, {@code cert}, {@code rekorBundle}).
     *
     * @param json all of the file
     */
    record LogPromise(Bytes json)
            implements
            TimeEvidence {}
}
