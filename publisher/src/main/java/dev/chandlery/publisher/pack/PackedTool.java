package dev.chandlery.publisher.pack;

import dev.chandlery.upstream.EvidenceFile;
import java.util.List;

/**
 * A tool for one platform, and the evidence of where it comes from.
 *
 * @param image what clients pull
 * @param evidence attached to it by {@code subject}: what upstream gave us
 * @param files what its layer holds, by path; links are left out
 * @param sboms upstream's own bills of materials
 */
public record PackedTool(PackedArtifact image, PackedArtifact evidence, List<PackedFile> files,
        List<EvidenceFile> sboms) {

    public PackedTool {
        files = List.copyOf(files);
        sboms = List.copyOf(sboms);
    }

    /** Bytes of all blobs of both. */
    public long sizeBytes() {
        return image.sizeBytes() + evidence.sizeBytes();
    }
}
