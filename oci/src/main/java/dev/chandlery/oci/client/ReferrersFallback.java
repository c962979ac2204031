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
 * to one list through one registry object come one after the other, and those to others beside them.
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
                .map(found -> listed(found, subject))
                .orElse(List.of());
    }

    /** Adds to the list of the subject what is not in it, by one write. */
    void link(Digest subject, List<Descriptor> referrers) {
        change(subject, listed -> {
            List<Descriptor> changed = new ArrayList<>(listed);
            referrers.stream().filter(r -> !contains(changed, r.digest())).forEach(changed::add);
            return changed;
        }, listed -> referrers.stream().allMatch(r -> contains(listed, r.digest())));
    }

    /** A manifest as lists show it. */
    static Descriptor entry(Descriptor descriptor, Manifest manifest) {
        Descriptor entry = Descriptor.of(descriptor.mediaType(), descriptor.digest(),
                descriptor.size()).withAnnotations(new TreeMap<>(manifest.annotations()));
        return manifest.effectiveArtifactType().map(entry::withArtifactType).orElse(entry);
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
        String what = "tag " + Endpoints.fallbackTag(subject) + " of " + connection.registry()
                + "/" + name;
        try (KeyedLocks.Held _ = connection.locks().acquire(what)) {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                if (changed(subject, change, done)) {
                    return;
                }
                connection.transport().backOff("list a referrer under " + what, attempt);
            }
        }
        throw new TransferException("cannot list a referrer under " + what
                + ": other clients keep changing it, or the registry does not keep it", null, true);
    }

    /** Whether the tag lists now what it should; not when another client was faster. */
    private boolean changed(Digest subject, UnaryOperator<List<Descriptor>> change, Check done) {
        Tag tag = Endpoints.fallbackTag(subject);
        Optional<ManifestEndpoint.Fetched> before = manifests.get(tag);
        List<Descriptor> listed = before.map(b -> listed(b, subject)).orElse(List.of());
        if (done.holds(listed)) {
            return true;
        }
        ManifestDocument index = ManifestWriter.write(new ImageIndex(MediaType.IMAGE_INDEX, null,
                change.apply(listed), null, new TreeMap<>()));
        return write(tag, index, before) && (isNow(tag, index) || done.holds(list(subject)));
    }

    private boolean isNow(Tag tag, ManifestDocument index) {
        return manifests.find(tag)
                .filter(found -> found.digest().equals(index.descriptor().digest()))
                .isPresent();
    }

    /** Whether it was written; not when the tag is no longer what it was. */
    private boolean write(Tag tag, ManifestDocument index,
            Optional<ManifestEndpoint.Fetched> before) {
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

    /** Workaround(GitLab): it takes such a tag for the digest, and answers with the subject itself. */
    private static List<Descriptor> listed(ManifestEndpoint.Fetched fetched, Digest subject) {
        return !fetched.descriptor().digest().equals(subject)
                && ManifestReader.read(fetched.raw(), fetched.descriptor().mediaType())
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
