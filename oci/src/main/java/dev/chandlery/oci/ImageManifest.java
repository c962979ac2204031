package dev.chandlery.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A manifest of a config and layers; Docker's schema 2 maps to the same record.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Image Manifest.
 *
 * @param mediaType its own type
 * @param artifactType OPTIONAL type of artifact
 * @param config the config blob
 * @param layers in order, bottom first; may be empty
 * @param subject OPTIONAL manifest that this one is attached to
 * @param annotations sorted; empty when there are none
 */
public record ImageManifest(MediaType mediaType, @Nullable MediaType artifactType,
        Descriptor config, List<Descriptor> layers, @Nullable Descriptor subject,
        SortedMap<String, String> annotations) implements Manifest {

    public ImageManifest {
        Objects.requireNonNull(mediaType);
        Objects.requireNonNull(config);
        layers = List.copyOf(layers);
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
        all.add(config);
        all.addAll(layers);
        return List.copyOf(all);
    }

    @Override
    public Optional<MediaType> effectiveArtifactType() {
        return Optional.of(artifactType != null ? artifactType : config.mediaType());
    }
}
