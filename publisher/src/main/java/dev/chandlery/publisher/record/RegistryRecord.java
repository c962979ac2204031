package dev.chandlery.publisher.record;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.json.ManifestWriter;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A manifest without content that says something of another one, its subject, in its annotations. A tag
 * makes the newest record on something found at once and keeps registries from collecting it.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Guidelines for Artifact Usage.
 */
public record RegistryRecord(MediaType type, Descriptor subject,
        SortedMap<String, String> annotations) {
    private static final Bytes NOTHING = Bytes.ofUtf8("{}");

    /** The record under a tag, when it is one of this type. */
    public static Optional<RegistryRecord> find(RemoteRepository repository, Tag tag,
            MediaType type) {
        return repository.findManifest(tag).flatMap(document -> of(document, type));
    }

    private static Optional<RegistryRecord> of(ManifestDocument document, MediaType type) {
        return document.manifest() instanceof ImageManifest manifest
                && type.equals(manifest.artifactType()) && manifest.subject() != null
                        ? Optional.of(new RegistryRecord(type, manifest.subject(), manifest
                                .annotations()))
                        : Optional.empty();
    }

    /** Attaches the record to its subject, which must be in the repository. */
    public Descriptor attach(RemoteRepository repository) {
        Descriptor bare = Descriptor.of(subject.mediaType(), subject.digest(), subject.size());
        ManifestDocument document = ManifestWriter.write(new ImageManifest(
                MediaType.IMAGE_MANIFEST, type, Descriptor.EMPTY, List.of(Descriptor.EMPTY), bare,
                annotations));
        repository.push(Descriptor.EMPTY, Content.of(NOTHING));
        repository.push(document.descriptor(), Content.of(document.raw()));
        return document.descriptor();
    }

    /** Attaches the record, and points the tag at it. */
    public void put(RemoteRepository repository, Tag tag) {
        repository.tag(attach(repository), tag);
    }
}
