package dev.chandlery.oci;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/** A manifest of a type that we do not know: its bytes can be moved, nothing is read out of them. */
public record UnrecognizedManifest(MediaType mediaType) implements Manifest {

    public UnrecognizedManifest {
        Objects.requireNonNull(mediaType);
    }

    @Override
    public SortedMap<String, String> annotations() {
        return Annotations.none();
    }

    @Override
    public Optional<Descriptor> subjectDescriptor() {
        return Optional.empty();
    }

    @Override
    public List<Descriptor> successors() {
        return List.of();
    }

    @Override
    public Optional<MediaType> effectiveArtifactType() {
        return Optional.empty();
    }
}
