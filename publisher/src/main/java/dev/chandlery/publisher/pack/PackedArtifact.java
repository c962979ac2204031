package dev.chandlery.publisher.pack;

import dev.chandlery.oci.ManifestDocument;
import java.util.List;

/**
 * A manifest and all that it names.
 *
 * @param manifest to be pushed last
 * @param blobs config and layers
 */
public record PackedArtifact(ManifestDocument manifest, List<PackedBlob> blobs) {

    public PackedArtifact {
        blobs = List.copyOf(blobs);
    }

    /** Bytes of all blobs. */
    public long sizeBytes() {
        return blobs.stream().mapToLong(blob -> blob.descriptor().size()).sum();
    }
}
