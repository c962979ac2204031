package dev.chandlery.manager.inspect;

import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.trust.publication.EvidenceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A manifest with what is below it and what is attached to it.
 *
 * @param descriptor as it was found, with its platform in an index
 * @param document the manifest
 * @param files paths of what is in its layers, as far as an SBOM tells
 * @param manifests of an index
 * @param referrers that are attached
 */
record Inspected(Descriptor descriptor, ManifestDocument document, List<String> files,
        List<Inspected> manifests, List<Inspected> referrers) {

    Inspected {
        files = List.copyOf(files);
        manifests = List.copyOf(manifests);
        referrers = List.copyOf(referrers);
    }

    Optional<MediaType> artifactType() {
        return document.manifest().effectiveArtifactType();
    }

    /** What it is to us, where it is evidence of ours. */
    Optional<EvidenceKind> kind() {
        return EvidenceKind.of(Descriptor.of(document.manifest().mediaType(), descriptor.digest(),
                descriptor.size())
                .withArtifactType(artifactType().orElse(document.manifest().mediaType()))
                .withAnnotations(document.manifest().annotations()));
    }

    /** Config and layers; those that only fill a place are left out. */
    List<Descriptor> blobs() {
        List<Descriptor> blobs = new ArrayList<>(document.manifest().successors());
        document.manifest().subjectDescriptor().ifPresent(blobs::remove);
        blobs.removeIf(blob -> blob.mediaType().isManifest() || blob.mediaType()
                .equals(MediaType.EMPTY));
        return blobs;
    }

    /** Bytes of manifest, blobs and manifests below, without what is attached. */
    long sizeBytes() {
        return descriptor.size() + blobs().stream().mapToLong(Descriptor::size).sum() + manifests
                .stream()
                .mapToLong(Inspected::sizeBytes)
                .sum();
    }

    /** Of its descriptor in an index. */
    Optional<String> platform() {
        return Optional.ofNullable(descriptor.platform())
                .map(platform -> PlatformName.of(platform)
                        .map(PlatformName::value)
                        .orElseGet(platform::toString));
    }

    /** As its evidence says; empty without. */
    String trust() {
        return referrers.stream()
                .map(each -> each.annotation(Annotations.TRUST_RUNG))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Public keys that its signatures name, which are not checked here. */
    List<String> signers() {
        return referrers.stream()
                .filter(each -> each.kind().equals(Optional.of(EvidenceKind.SIGNATURE)))
                .map(each -> each.annotation(EvidenceKind.SIGNED_BY))
                .map(key -> key.isEmpty() ? "a key that is not named" : key)
                .distinct()
                .toList();
    }

    String annotation(String key) {
        return document.manifest().annotations().getOrDefault(key, "");
    }
}
