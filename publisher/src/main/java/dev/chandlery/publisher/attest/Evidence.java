package dev.chandlery.publisher.attest;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.json.ManifestWriter;
import dev.chandlery.publisher.pack.PackedArtifact;
import dev.chandlery.publisher.pack.PackedBlob;
import dev.chandlery.trust.publication.EvidenceKind;
import dev.chandlery.upstream.EvidenceFile;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that is to be attached.
 *
 * @param kind of evidence
 * @param artifact whose manifest has a subject
 */
public record Evidence(EvidenceKind kind, PackedArtifact artifact) {
    private static final Bytes NOTHING = Bytes.ofUtf8("{}");

    /** One file, attached to a subject. */
    static Evidence of(EvidenceKind kind, Descriptor subject, File file,
            SortedMap<String, String> annotations) {
        return new Evidence(kind, artifact(kind.artifactType(), subject, file, annotations));
    }

    /** A bill of materials as upstream has it, by the type of its format. */
    static Evidence ofUpstream(Descriptor subject, EvidenceFile sbom,
            SortedMap<String, String> annotations) {
        SortedMap<String, String> marked = new TreeMap<>(annotations);
        marked.put(EvidenceKind.SBOM_BY, EvidenceKind.BY_UPSTREAM);
        return new Evidence(EvidenceKind.UPSTREAM, artifact(sbom.type(), subject, new File(sbom
                .name(), sbom.content()), marked));
    }

    private static PackedArtifact artifact(MediaType type, Descriptor subject, File file,
            SortedMap<String, String> annotations) {
        PackedBlob config = PackedBlob.of(MediaType.EMPTY, NOTHING);
        Descriptor layer = Descriptor.of(type, file.content())
                .withAnnotations(
                        Annotations.sorted(Map.of(Annotations.TITLE, file.name())));
        Descriptor plain = Descriptor.of(subject.mediaType(), subject.digest(), subject.size());
        ImageManifest manifest = new ImageManifest(MediaType.IMAGE_MANIFEST, type, config
                .descriptor(), List.of(layer), plain, annotations);
        return new PackedArtifact(ManifestWriter.write(manifest), List.of(config, new PackedBlob(
                layer, Content.of(file.content()))));
    }

    /**
     * A file of evidence.
     *
     * @param name as clients that fetch it will call it
     * @param content all of it
     */
    record File(String name, Bytes content) {}
}
