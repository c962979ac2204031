package dev.chandlery.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A manifest of manifests, one for each platform as a rule; Docker's manifest list maps to it too.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Image Index.
 *
 * @param mediaType its own type
 * @param artifactType OPTIONAL type of artifact
 * @param manifests in order; may be empty
 * @param subject OPTIONAL manifest that this one is attached to
 * @param annotations sorted; empty when there are none
 */
public record ImageIndex(MediaType mediaType, @Nullable MediaType artifactType,
        List<Descriptor> manifests, @Nullable Descriptor subject,
        SortedMap<String, String> annotations) implements Manifest {

    public ImageIndex {
        Objects.requireNonNull(mediaType);
        manifests = List.copyOf(manifests);
        annotations = Annotations.sorted(annotations);
    }

    @Override
    public Optional<Descriptor> subjectDescriptor() {
        return Optional.ofNullable(subject);
    }

    @Override
    public List<Descriptor> successors() {
        List<Descriptor> all = new ArrayList<>();
        subjectDescriptor().ifPresent(all::add);
        all.addAll(manifests);
        return List.copyOf(all);
    }

    @Override
    public Optional<MediaType> effectiveArtifactType() {
        return Optional.ofNullable(artifactType);
    }
}
