package dev.chandlery.oci.store;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.UnrecognizedManifest;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.content.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the manifests of a layout point at. Each is read once, as its bytes never change.
 *
 * <p><b>Concurrency:</b> safe; two threads may read the same manifest.
 */
final class KnownManifests {
    private final Map<Digest, Links> known = new ConcurrentHashMap<>();
    private final Source layout;

    /**
     * @param described as a list of referrers shows it
     * @param subject empty when it is attached to nothing
     * @param children manifests that an index names; none for others
     */
    record Links(Descriptor described, Optional<Digest> subject, List<Descriptor> children) {

        static Links of(ManifestDocument document) {
            return new Links(Referrers.describe(document), document.manifest()
                    .subjectDescriptor()
                    .map(Descriptor::digest), childrenOf(document));
        }

        // Not the subject, which lives by itself.
        private static List<Descriptor> childrenOf(ManifestDocument document) {
            return switch (document.manifest()) {
                case ImageIndex index -> index.manifests()
                        .stream()
                        .filter(child -> child.mediaType().isManifest())
                        .toList();
                case ImageManifest _,UnrecognizedManifest _ -> List.of();
            };
        }
    }

    KnownManifests(Source layout) {
        this.layout = layout;
    }

    /** Empty when it cannot be read, which its fetch tells better. */
    Optional<Links> find(Descriptor manifest) {
        Links found = known.get(manifest.digest());
        if (found != null) {
            return Optional.of(found);
        }
        try {
            Links read = Links.of(Manifests.fetch(layout, manifest));
            known.put(manifest.digest(), read);
            return Optional.of(read);
        } catch (ContentNotFoundException | ContentMismatchException | MalformedContentException
                | LimitExceededException _) {
            return Optional.empty();
        }
    }

    /** The manifests that an index names; none for other manifests, which are not even read. */
    Optional<List<Descriptor>> children(Descriptor manifest) {
        return manifest.mediaType().isIndex()
                ? find(manifest).map(Links::children)
                : Optional.of(List.of());
    }

    /** To be called when the manifest is deleted. */
    void forget(Digest manifest) {
        known.remove(manifest);
    }

    @Override
    public String toString() {
        return layout.toString();
    }
}
