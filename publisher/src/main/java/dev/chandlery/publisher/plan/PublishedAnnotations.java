package dev.chandlery.publisher.plan;

import dev.chandlery.cli.registry.RegistryConnection;
import dev.chandlery.cli.registry.ToolNames;
import dev.chandlery.config.PlatformName;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.content.Manifests;
import java.util.Optional;

/** What published manifests record about the assets that they were made from. */
record PublishedAnnotations(RegistryConnection registry, ToolNames names) {

    /** Digest of the asset that was accepted when the platform was published. */
    Optional<Digest> upstreamDigest(String version, PlatformName platform, Descriptor manifest) {
        var document = Manifests.fetch(registry.repository(names.platformPath(version, platform)),
                manifest);
        return Optional.ofNullable(document.manifest()
                .annotations()
                .get(
                        Annotations.UPSTREAM_DIGEST)).map(Digest::parse);
    }
}
