package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.Manifest;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.UnrecognizedManifest;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a manifest names, by the endpoint that serves it: blobs at the blobs endpoint, whatever their media
 * type says, as that is where pulling asks for them. Its subject is not among it.
 */
public final class ManifestNames {
    private ManifestNames() {}

    /** All that is named, without doubles; nothing of it is collected while the manifest is there. */
    public static List<NodeKey> named(Manifest manifest) {
        return keys(manifest, false).map(Requirement::key).distinct().toList();
    }

    /**
     * What must be in the repository, without doubles: all that is named but layers that must not be
     * distributed. Only these say that the repository once had the content.
     */
    public static List<Requirement> required(Manifest manifest) {
        return keys(manifest, true).distinct().toList();
    }

    private static Stream<Requirement> keys(Manifest manifest, boolean requiredOnly) {
        return switch (manifest) {
            case ImageManifest image -> Stream.concat(Stream.of(image.config()), image.layers()
                    .stream())
                    .filter(blob -> !(requiredOnly && isNonDistributable(blob)))
                    .map(blob -> requirement(blob, NodeKey.Kind.BLOB));
            case ImageIndex index -> index.manifests()
                    .stream()
                    .map(child -> new Requirement(child.key(), child.size()));
            case UnrecognizedManifest _ -> Stream.empty();
        };
    }

    private static Requirement requirement(Descriptor descriptor, NodeKey.Kind kind) {
        return new Requirement(new NodeKey(descriptor.digest(), kind), descriptor.size());
    }

    private static boolean isNonDistributable(Descriptor layer) {
        String type = layer.mediaType().value();
        return type.startsWith("application/vnd.oci.image.layer.nondistributable.")
                || type.startsWith("application/vnd.docker.image.rootfs.foreign.");
    }
}
