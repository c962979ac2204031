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
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.json.Manifests;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All manifests of a layout: the entries of its index and what the indexes among them name, however deep. One
 * that cannot be read adds nothing here; it fails when somebody fetches it.
 */
final class LayoutGraph {
    private static final int MAX_MANIFESTS = 1_000_000;

    private final Map<Digest, Descriptor> manifests = new LinkedHashMap<>();
    private final Source layout;
    private boolean complete = true;

    private LayoutGraph(Source layout) {
        this.layout = layout;
    }

    static LayoutGraph of(LayoutIndex index, Source layout) {
        return walk(index, layout, _ -> true);
    }

    /** As if that manifest were not there. */
    static LayoutGraph without(Digest digest, LayoutIndex index, Source layout) {
        return walk(index, layout, manifest -> !manifest.digest().equals(digest));
    }

    private static LayoutGraph walk(LayoutIndex index, Source layout,
            Predicate<Descriptor> wanted) {
        LayoutGraph graph = new LayoutGraph(layout);
        Deque<Descriptor> left = new ArrayDeque<>(index.entries());
        while (!left.isEmpty()) {
            Descriptor next = left.pop();
            if (wanted.test(next)) {
                graph.visit(next, left);
            }
        }
        return graph;
    }

    /** Type, digest and size of the manifest, if it is one of these. */
    Optional<Descriptor> find(Digest digest) {
        return Optional.ofNullable(manifests.get(digest));
    }

    /** Whether all that is named was read, so that this holds as long as the index stays as it is. */
    boolean complete() {
        return complete;
    }

    /** Manifests attached to the subject; reads every manifest. */
    Stream<ManifestDocument> attachedTo(Digest subject) {
        return manifests.values()
                .stream()
                .flatMap(manifest -> read(manifest).stream())
                .filter(document -> document.manifest()
                        .subjectDescriptor()
                        .filter(found -> found.digest().equals(subject))
                        .isPresent());
    }

    /** The manifests that an index names; none for other manifests. */
    List<Descriptor> children(Descriptor manifest) {
        return manifest.mediaType().isIndex()
                ? read(manifest).map(LayoutGraph::children).orElse(List.of())
                : List.of();
    }

    /** What an index names; not its subject, which lives by itself. */
    static List<Descriptor> children(ManifestDocument document) {
        return switch (document.manifest()) {
            case ImageIndex index -> index.manifests()
                    .stream()
                    .filter(child -> child.mediaType().isManifest())
                    .toList();
            case ImageManifest _,UnrecognizedManifest _ -> List.of();
        };
    }

    private void visit(Descriptor manifest, Deque<Descriptor> left) {
        boolean known = manifests.containsKey(manifest.digest());
        if (known || !manifest.mediaType().isManifest()) {
            return;
        }
        if (manifests.size() == MAX_MANIFESTS) {
            throw new LimitExceededException("cannot read " + layout + ": it names more than "
                    + MAX_MANIFESTS + " manifests");
        }
        manifests.put(manifest.digest(), Descriptor.of(manifest.mediaType(), manifest.digest(),
                manifest.size()));
        children(manifest).forEach(left::push);
    }

    private Optional<ManifestDocument> read(Descriptor manifest) {
        try {
            return Optional.of(Manifests.fetch(layout, manifest));
        } catch (ContentNotFoundException | ContentMismatchException | MalformedContentException
                | LimitExceededException _) {
            complete = false;
            return Optional.empty();
        }
    }
}
