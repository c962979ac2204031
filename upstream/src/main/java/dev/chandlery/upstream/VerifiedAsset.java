package dev.chandlery.upstream;

import dev.chandlery.oci.Digest;
import java.nio.file.Path;
import java.util.List;

/**
 * An asset on our disk that is what upstream says it is.
 *
 * @param asset as it was offered
 * @param file with its bytes
 * @param digest SHA-256 of the file
 * @param sizeBytes of the file
 * @param verification how far it was proven
 * @param sboms upstream's own bills of materials of it, by media types that tell their formats; they prove nothing
 */
public record VerifiedAsset(Asset asset, Path file, Digest digest, long sizeBytes,
        Verification verification, List<EvidenceFile> sboms) {

    public VerifiedAsset {
        sboms = List.copyOf(sboms);
    }

    /** One without bills of materials. */
    public VerifiedAsset(Asset asset, Path file, Digest digest, long sizeBytes,
            Verification verification) {
        this(asset, file, digest, sizeBytes, verification, List.of());
    }
}
