package dev.chandlery.oci;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The parsed view of content at the manifests endpoint; its bytes are in {@link ManifestDocument}. */
public sealed interface Manifest permits ImageManifest, ImageIndex, UnrecognizedManifest {

    MediaType mediaType();

    SortedMap<String, String> annotations();

    /** What this one is attached to, if anything. */
    Optional<Descriptor> subjectDescriptor();

    /** All nodes that this one points at: subject, then config and layers, or manifests. */
    List<Descriptor> successors();

    /**
     * The type of artifact that referrers lists show: {@code artifactType}, else for an image
     * manifest its config's media type.
     *
     * <p><b>Spec:</b> distribution-spec v1.1.1, Listing Referrers.
     */
    Optional<MediaType> effectiveArtifactType();
}
