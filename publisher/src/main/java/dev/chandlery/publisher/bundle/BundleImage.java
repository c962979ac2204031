package dev.chandlery.publisher.bundle;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ManifestDocument;
import java.util.List;

/**
 * A bundle for one platform.
 *
 * @param platform of the image
 * @param manifest of the image
 * @param config raw, as the manifest names it
 * @param layers in the order of the manifest
 * @param members tools that it is of
 */
record BundleImage(PlatformName platform, ManifestDocument manifest, Bytes config,
        List<LayerSource> layers, List<MemberImage> members) {

    BundleImage {
        layers = List.copyOf(layers);
        members = List.copyOf(members);
    }
}
