package dev.chandlery.publisher.pack;

/**
 * A tool for one platform, and the evidence of where it comes from.
 *
 * @param image what clients pull
 * @param evidence attached to it by {@code subject}
 */
public record PackedTool(PackedArtifact image, PackedArtifact evidence) {

    /** Bytes of all blobs of both. */
    public long sizeBytes() {
        return image.sizeBytes() + evidence.sizeBytes();
    }
}
