package dev.chandlery.oci.store;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Manifest;
import dev.chandlery.oci.ManifestDocument;

/** Descriptors as lists of referrers show them. */
final class Referrers {

    private Referrers() {}

    /**
     * With the manifest's annotations and artifact type.
     *
     * <p><b>Spec:</b> distribution-spec v1.1.1, Listing Referrers.
     */
    static Descriptor describe(ManifestDocument document) {
        Descriptor found = document.descriptor();
        Manifest manifest = document.manifest();
        Descriptor described = Descriptor.of(found.mediaType(), found.digest(), found.size())
                .withAnnotations(manifest.annotations());
        return manifest.effectiveArtifactType().map(described::withArtifactType).orElse(described);
    }
}
