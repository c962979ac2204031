package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MediaType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A manifest as a repository holds it.
 *
 * @param digest of its bytes
 * @param mediaType that it was pushed as
 * @param size of its bytes
 * @param artifactType effective type, as referrers lists show it; null when there is none
 * @param subject what it is attached to, null when it is not
 * @param annotations a JSON object, keys sorted
 */
public record ManifestRecord(Digest digest, MediaType mediaType, long size,
        @Nullable MediaType artifactType, @Nullable Digest subject, String annotations) {

    public ManifestRecord {
        Objects.requireNonNull(digest);
        Objects.requireNonNull(mediaType);
        Objects.requireNonNull(annotations);
    }
}
