package dev.chandlery.manager.verify;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.content.Source;
import dev.chandlery.trust.publication.EvidenceKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A manifest that is attached to another.
 *
 * @param repository that it is in
 * @param referrer as the list has it
 * @param document its manifest, compared with its digest
 */
record Attached(Source repository, Descriptor referrer, ManifestDocument document) {
    private static final int MOST = 1000;
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    /** All that is attached to a manifest. */
    static List<Attached> to(Source repository, Digest subject) {
        List<Attached> all = new ArrayList<>();
        if (repository.referrerLister().isEmpty()) {
            return all;
        }
        try (Stream<Descriptor> found = repository.referrerLister().get().referrers(subject)) {
            for (Descriptor referrer : found.limit(MOST + 1L).toList()) {
                all.add(new Attached(repository, referrer, Manifests.fetch(repository, referrer)));
            }
        }
        if (all.size() > MOST) {
            throw new LimitExceededException("cannot verify " + subject + ": more than " + MOST
                    + " manifests are attached to it");
        }
        return all;
    }

    /** What it is, as its manifest says; empty for what others attached. */
    Optional<EvidenceKind> kind() {
        return EvidenceKind.of(document.descriptor()
                .withArtifactType(document.manifest()
                        .effectiveArtifactType()
                        .orElse(referrer.mediaType()))
                .withAnnotations(document.manifest()
                        .annotations()));
    }

    boolean is(EvidenceKind wanted) {
        return kind().equals(Optional.of(wanted));
    }

    String annotation(String key) {
        return document.manifest().annotations().getOrDefault(key, "");
    }

    /** Its layers that have a name. */
    List<Descriptor> files() {
        List<Descriptor> files = new ArrayList<>(document.manifest().successors());
        document.manifest().subjectDescriptor().ifPresent(files::remove);
        files.removeIf(file -> title(file).isEmpty());
        return files;
    }

    static String title(Descriptor file) {
        return file.annotations().getOrDefault(Annotations.TITLE, "");
    }

    /** All of a small file, compared with its digest. */
    Bytes read(Descriptor file) throws IOException {
        if (file.size() > MOST_BYTES) {
            throw new LimitExceededException("cannot read " + title(file) + " of " + referrer
                    .digest() + ": " + file.size() + " bytes, at most " + MOST_BYTES
                    + " are read");
        }
        try (InputStream in = repository.fetch(file)) {
            return Bytes.of(in.readAllBytes());
        }
    }

    /** The last file, which is the only one of SBOMs, statements and bundles. */
    Bytes content() throws IOException {
        List<Descriptor> files = files();
        List<Descriptor> all = document.manifest().successors();
        return read(files.isEmpty() ? all.getLast() : files.getLast());
    }
}
