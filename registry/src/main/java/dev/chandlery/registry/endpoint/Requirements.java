package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.Manifest;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.UnrecognizedManifest;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.metadata.Requirement;
import dev.chandlery.registry.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a repository must hold before it takes a manifest: all that the manifest names, except its
 * subject, which may come later or never, and layers that must not be distributed.
 */
final class Requirements {
    private Requirements() {}

    /** @throws RefusedException 400 for manifests of a type that we cannot look into */
    static List<Requirement> of(Manifest manifest) {
        return switch (manifest) {
            case ImageManifest image -> blobs(image);
            case ImageIndex index -> index.manifests()
                    .stream()
                    .map(child -> new Requirement(child.key(), child.size()))
                    .distinct()
                    .toList();
            case UnrecognizedManifest other -> throw new RefusedException(
                    ErrorCode.MANIFEST_INVALID, "cannot accept manifest of type "
                            + other.mediaType() + ": expected an image manifest or index of OCI or"
                            + " Docker's schema 2");
        };
    }

    // At the blobs endpoint, whatever their media type says: that is where pulling asks for them.
    private static List<Requirement> blobs(ImageManifest image) {
        List<Descriptor> blobs = new ArrayList<>(image.layers());
        blobs.addFirst(image.config());
        return blobs.stream()
                .filter(blob -> !isNonDistributable(blob))
                .map(blob -> new Requirement(new NodeKey(blob.digest(), NodeKey.Kind.BLOB),
                        blob.size()))
                .distinct()
                .toList();
    }

    private static boolean isNonDistributable(Descriptor layer) {
        String type = layer.mediaType().value();
        return type.startsWith("application/vnd.oci.image.layer.nondistributable.")
                || type.startsWith("application/vnd.docker.image.rootfs.foreign.");
    }
}
