package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;
import java.time.Instant;
import java.util.Objects;

/**
 * A blob that a manifest of the same repository names.
 *
 * @param blob the member
 * @param manifest one that names it
 * @param touched when a push last brought the blob, named it or found it present
 */
public record NamedBlob(Member blob, Digest manifest, Instant touched) {

    public NamedBlob {
        Objects.requireNonNull(blob);
        Objects.requireNonNull(manifest);
        Objects.requireNonNull(touched);
    }
}
