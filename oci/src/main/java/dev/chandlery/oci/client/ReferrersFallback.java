package dev.chandlery.oci.client;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.Manifest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.concurrent.KeyedLocks;
import dev.chandlery.oci.json.ManifestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the list of a manifest's referrers in an index under a tag, for registries without the referrers
 * API. Registries cannot change a tag only if it is what it was; so each change is written under the condition
 * that the tag is what was read, which some honour, and read back, which shows when another client was faster.
 * That one may also come later, with a list that it read before: {@link #settle} finds what it dropped.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Referrers Tag Schema. <b>Concurrency:</b> thread-safe; changes
 * to one list through one registry object come one after the other, and those to others beside them.
 */
final class ReferrersFallback {
    private static final int ATTEMPTS = 8;

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
                .map(found -> FallbackChange.listed(found, subject))
                .orElse(List.of());
    }

    /**
     * Adds to the list of the subject what is not in it, by one write.
     *
     * @return whether there was something to add
     */
    boolean link(Digest subject, List<Descriptor> referrers) {
        return change(new FallbackChange(manifests, subject) {
            @Override
            List<Descriptor> apply(List<Descriptor> listed) {
                List<Descriptor> changed = new ArrayList<>(listed);
                referrers.stream()
                        .filter(r -> !contains(changed, r.digest()))
                        .forEach(changed::add);
                return changed;
            }

            @Override
            boolean isIn(List<Descriptor> listed) {
                return referrers.stream().allMatch(r -> contains(listed, r.digest()));
            }

            @Override
            void done(Digest index, long beganNanos) {
                connection.lists().wrote(key(subject), index, referrers, beganNanos);
            }
        });
    }

    /**
     * Waits until no other client can overwrite what was linked with a list that it had read before, and links
     * again what one dropped. Does nothing where nothing was linked since the last time.
     *
     * @throws TransferException when it cannot be made to last
     */
    void settle(Digest subject) {
        WrittenLists lists = connection.lists();
        Tag tag = Endpoints.fallbackTag(subject);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<WrittenLists.Written> found = lists.find(key(subject));
            if (found.isEmpty()) {
                return;
            }
            WrittenLists.Written written = found.get();
            connection.transport()
                    .pause("look again at " + what(subject), lists.untilSettled(
                            written));
            if (manifests.find(tag).filter(now -> now.digest().equals(written.index())).isPresent()
                    || list(subject).stream()
                            .map(Descriptor::digest)
                            .toList()
                            .containsAll(written.entries().keySet())) {
                lists.settled(key(subject), written);
            } else {
                link(subject, List.copyOf(written.entries().values()));
            }
        }
        if (lists.find(key(subject)).isPresent()) {
            throw lost(subject);
        }
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
        return () -> subject.ifPresent(s -> unlink(s, descriptor.digest()));
    }

    private void unlink(Digest subject, Digest entry) {
        connection.lists().removed(key(subject), entry);
        change(new FallbackChange(manifests, subject) {
            @Override
            List<Descriptor> apply(List<Descriptor> listed) {
                return listed.stream().filter(d -> !d.digest().equals(entry)).toList();
            }

            @Override
            boolean isIn(List<Descriptor> listed) {
                return !contains(listed, entry);
            }

            @Override
            void done(Digest index, long beganNanos) {
                // The manifest is gone: that a list names it again harms nobody.
            }
        });
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

    private boolean change(FallbackChange change) {
        String what = what(change.subject());
        try (KeyedLocks.Held _ = connection.locks().acquire(what)) {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                switch (change.attempt(attempt == ATTEMPTS)) {
                    case THERE_BEFORE -> {
                        return false;
                    }
                    case WRITTEN -> {
                        return true;
                    }
                    case TO_REPEAT -> connection.transport()
                            .backOff("list a referrer under "
                                    + what, attempt);
                }
            }
        }
        throw lost(change.subject());
    }

    private TransferException lost(Digest subject) {
        return new TransferException("cannot list a referrer under " + what(subject)
                + ": other clients keep changing it, or the registry does not keep it; run it"
                + " again when nobody else writes there", null, true);
    }

    private WrittenLists.Key key(Digest subject) {
        return new WrittenLists.Key(name, subject);
    }

    private String what(Digest subject) {
        return "tag " + Endpoints.fallbackTag(subject) + " of " + connection.registry() + "/"
                + name;
    }
}
