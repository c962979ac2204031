package dev.chandlery.oci.store;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A manifest that the index of a layout names.
 *
 * <p>In layouts of several repositories names are {@code repository:tag}, which skopeo and oras open under
 * that very name. Others write a tag alone, or {@code host:port/repository:tag}, whose host is dropped; a
 * host without port is a name's first component like any other. A repository without a tag has {@code latest}.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Annotations, org.opencontainers.image.ref.name; containerd's
 * {@code io.containerd.image.name} counts where the former is a tag only.
 *
 * @param manifest with the annotations of the entry
 * @param name as it is written, whichever counts; empty for manifests that are there because others need them
 * @param repository of the name, null when it tells none
 * @param tag of the name, null when it tells none
 */
public record LayoutEntry(Descriptor manifest, String name, @Nullable RepositoryName repository,
        @Nullable Tag tag) {
    private static final String CONTAINERD_NAME = "io.containerd.image.name";
    private static final Tag LATEST = new Tag("latest");

    public LayoutEntry {
        Objects.requireNonNull(manifest);
        Objects.requireNonNull(name);
    }

    /** Reads the annotations of an entry. */
    public static LayoutEntry of(Descriptor entry) {
        String name = entry.annotations().getOrDefault(Annotations.REF_NAME, "");
        LayoutEntry plain = parse(entry, name);
        String full = entry.annotations().getOrDefault(CONTAINERD_NAME, "");
        if (plain.repository != null || full.isEmpty()) {
            return plain;
        }
        LayoutEntry named = parse(entry, full);
        return named.repository == null ? plain : named;
    }

    /** How a tag of a repository is written. */
    static String name(RepositoryName repository, Tag tag) {
        return repository + ":" + tag;
    }

    private static LayoutEntry parse(Descriptor entry, String name) {
        Optional<Tag> alone = tag(name);
        if (name.isEmpty() || alone.isPresent()) {
            return new LayoutEntry(entry, name, null, alone.orElse(null));
        }
        int at = name.indexOf('@');
        String named = at >= 0 && Digest.find(name.substring(at + 1)).isPresent()
                ? name.substring(0, at)
                : name;
        int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        Optional<Tag> tag = colon < 0
                ? Optional.of(LATEST).filter(_ -> at < 0)
                : tag(named.substring(colon + 1));
        String path = colon < 0 ? named : named.substring(0, colon);
        Optional<RepositoryName> repository = repository(path).or(() -> repository(path.substring(
                path.indexOf('/') + 1)));
        boolean understood = repository.isPresent() && (colon < 0 || tag.isPresent());
        return understood
                ? new LayoutEntry(entry, name, repository.get(), tag.orElse(null))
                : new LayoutEntry(entry, name, null, null);
    }

    private static Optional<Tag> tag(String text) {
        try {
            return Optional.of(new Tag(text));
        } catch (InvalidReferenceException _) {
            return Optional.empty();
        }
    }

    private static Optional<RepositoryName> repository(String text) {
        try {
            return Optional.of(new RepositoryName(text));
        } catch (InvalidReferenceException _) {
            return Optional.empty();
        }
    }
}
