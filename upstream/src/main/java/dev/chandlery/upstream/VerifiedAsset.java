package dev.chandlery.upstream;

import dev.chandlery.oci.Digest;
import java.nio.file.Path;

/**
 * An asset on our disk that is what upstream says it is.
 *
 * @param asset as it was offered
 * @param file with its bytes
 * @param digest SHA-256 of the file
 * @param sizeBytes of the file
 * @param verification how far it was proven
 */
public record VerifiedAsset(Asset asset, Path file, Digest digest, long sizeBytes,
        Verification verification) {}
