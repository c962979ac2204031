package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.Manifest;
import dev.chandlery.oci.UnrecognizedManifest;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.metadata.ManifestNames;
import dev.chandlery.registry.metadata.Requirement;
import dev.chandlery.registry.refusal.RefusedException;
import java.util.List;

/**
 * What a repository must hold before it takes a manifest: all that the manifest names, except its
 * subject, which may come later or never, and layers that must not be distributed.
 */
final class Requirements {
    private Requirements() {}

    /** @throws RefusedException 400 for manifests of a type that we cannot look into */
    static List<Requirement> of(Manifest manifest) {
        if (manifest instanceof UnrecognizedManifest other) {
            throw new RefusedException(ErrorCode.MANIFEST_INVALID,
                    "cannot accept manifest of type " + other.mediaType()
                            + ": expected an image manifest or index of OCI or Docker's schema 2");
        }
        return ManifestNames.required(manifest);
    }
}
