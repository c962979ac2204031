package dev.chandlery.oci.client;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.Manifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.ResponseException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.json.ManifestReader;
import dev.chandlery.oci.json.ManifestWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Keeps the list of a manifest's referrers in an index under a tag, for registries without the referrers
 * API. Registries cannot change a tag only if it is what it was; so each change is written with the entity
 * tag as a condition, which some honour, and read back, which shows when another client was faster.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Referrers Tag Schema. <b>Concurrency:</b> thread-safe; changes
 * through one registry object come one after the other.
 */
final class ReferrersFallback {
    private static final int ATTEMPTS = 6;
    private static final int PRECONDITION_FAILED = 412;

    private final RegistryConnection connection;
    private final RepositoryName name;
    private final ManifestEndpoint manifests;

    ReferrersFallback(RegistryConnection connection, RepositoryName name,
            ManifestEndpoint manifests) {
        this.connection = connection;
        this.name = name;
        this.manifests = manifests;
    }

    /** What the tag lists; empty when there is no such tag. */
    List<Descriptor> list(Digest subject) {
        return manifests.get(Endpoints.fallbackTag(subject))
                .map(ReferrersFallback::listed)
                .orElse(List.of());
    }

    /** Adds a manifest to the list of its subject. */
    void link(Digest subject, Descriptor descriptor, Manifest manifest) {
        Descriptor entry = Descriptor.of(descriptor.mediaType(), descriptor.digest(),
                descriptor.size()).withAnnotations(new TreeMap<>(manifest.annotations()));
        Descriptor typed = manifest.effectiveArtifactType()
                .map(entry::withArtifactType)
                .orElse(
                        entry);
        change(subject, listed -> {
            List<Descriptor> changed = without(listed, descriptor.digest());
            changed.add(typed);
            return changed;
        }, listed -> contains(listed, descriptor.digest()));
    }

    /**
     * What is to be done once the manifest is deleted; to be asked for before, while it can still be read.
     */
    Runnable unlinking(Descriptor descriptor) {
        Optional<Digest> subject = subject(descriptor.digest());
        return () -> subject.filter(s -> contains(list(s), descriptor.digest()))
                .ifPresent(s -> change(s, listed -> without(listed, descriptor.digest()),
                        listed -> !contains(listed, descriptor.digest())));
    }

    /** None where the manifest is broken: that must not keep anybody from deleting it. */
    private Optional<Digest> subject(Digest manifest) {
        try {
            return manifests.get(manifest)
                    .flatMap(found -> ManifestReader.read(found.raw(), found.descriptor()
                            .mediaType(), manifest).manifest().subjectDescriptor())
                    .map(Descriptor::digest);
        } catch (MalformedContentException | ContentMismatchException
                | LimitExceededException e) {
            return Optional.empty();
        }
    }

    private interface Check {
        boolean holds(List<Descriptor> listed);
    }

    private void change(Digest subject, UnaryOperator<List<Descriptor>> change, Check done) {
        Tag tag = Endpoints.fallbackTag(subject);
        String action = "list a referrer under tag " + tag + " of " + connection.registry() + "/"
                + name;
        synchronized (connection) {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                Optional<ManifestEndpoint.Fetched> before = manifests.get(tag);
                List<Descriptor> listed = before.map(ReferrersFallback::listed).orElse(List.of());
                if (done.holds(listed)) {
                    return;
                }
                boolean written = write(tag, change.apply(listed), before);
                if (written && done.holds(list(subject))) {
                    return;
                }
                connection.transport().backOff(action, attempt);
            }
        }
        throw new TransferException("cannot " + action + ": other clients keep changing it", null,
                true);
    }

    /** Whether it was written; not when the tag is no longer what it was. */
    private boolean write(Tag tag, List<Descriptor> listed,
            Optional<ManifestEndpoint.Fetched> before) {
        ManifestDocument index = ManifestWriter.write(new ImageIndex(MediaType.IMAGE_INDEX, null,
                listed, null, new TreeMap<>()));
        Optional<String> condition = before.flatMap(b -> Optional.ofNullable(b.entityTag()));
        try {
            manifests.put(tag, MediaType.IMAGE_INDEX, index.raw(), condition);
            return true;
        } catch (ResponseException e) {
            if (e.status() == PRECONDITION_FAILED) {
                return false;
            }
            throw e;
        }
    }

    private static List<Descriptor> listed(ManifestEndpoint.Fetched fetched) {
        return ManifestReader.read(fetched.raw(), fetched.descriptor().mediaType())
                .manifest() instanceof ImageIndex index ? index.manifests() : List.of();
    }

    private static List<Descriptor> without(List<Descriptor> listed, Digest digest) {
        List<Descriptor> rest = new ArrayList<>(listed);
        rest.removeIf(d -> d.digest().equals(digest));
        return rest;
    }

    private static boolean contains(List<Descriptor> listed, Digest digest) {
        return listed.stream().anyMatch(d -> d.digest().equals(digest));
    }
}
