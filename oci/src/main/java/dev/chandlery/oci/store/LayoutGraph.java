package dev.chandlery.oci.store;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All manifests of a layout: the entries of its index and what the indexes among them name, however deep. An
 * index that cannot be read adds nothing here; it fails when somebody fetches it.
 */
final class LayoutGraph {
    private static final int MAX_MANIFESTS = 1_000_000;

    private final Map<Digest, Descriptor> manifests = new LinkedHashMap<>();
    private final KnownManifests known;
    private boolean complete = true;
    private volatile @Nullable Map<Digest, List<Descriptor>> attached;

    private LayoutGraph(KnownManifests known) {
        this.known = known;
    }

    static LayoutGraph of(LayoutIndex index, KnownManifests known) {
        return walk(index, known, _ -> true);
    }

    /** As if that manifest were not there. */
    static LayoutGraph without(Digest digest, LayoutIndex index, KnownManifests known) {
        return walk(index, known, manifest -> !manifest.digest().equals(digest));
    }

    /** Type, digest and size of the manifest, if it is one of these. */
    Optional<Descriptor> find(Digest digest) {
        return Optional.ofNullable(manifests.get(digest));
    }

    /** Whether all that is named was read, so that this holds as long as the index stays as it is. */
    boolean complete() {
        return complete;
    }

    /** Type, digest and size of all, from the entries on. */
    List<Descriptor> manifests() {
        return List.copyOf(manifests.values());
    }

    /** Manifests attached to the subject, as they are listed; reads those that were not read before. */
    Stream<Descriptor> attachedTo(Digest subject) {
        Map<Digest, List<Descriptor>> found = attached;
        return (found == null ? findAttached() : found).getOrDefault(subject, List.of()).stream();
    }

    /**
     * By subject; found anew as long as a manifest cannot be read, which somebody may push again. Others wait
     * for the first, who reads all manifests, rather than read them too.
     */
    private synchronized Map<Digest, List<Descriptor>> findAttached() {
        Map<Digest, List<Descriptor>> before = attached;
        if (before != null) {
            return before;
        }
        Map<Digest, List<Descriptor>> found = new HashMap<>();
        boolean whole = true;
        for (Descriptor manifest : manifests.values()) {
            Optional<KnownManifests.Links> links = known.find(manifest);
            whole &= links.isPresent();
            links.flatMap(KnownManifests.Links::subject)
                    .ifPresent(subject -> found.computeIfAbsent(
                            subject, _ -> new ArrayList<>())
                            .add(links.get().described()));
        }
        if (whole) {
            attached = found;
        }
        return found;
    }

    private static LayoutGraph walk(LayoutIndex index, KnownManifests known,
            Predicate<Descriptor> wanted) {
        LayoutGraph graph = new LayoutGraph(known);
        Deque<Descriptor> left = new ArrayDeque<>(index.entries());
        while (!left.isEmpty()) {
            Descriptor next = left.pop();
            if (wanted.test(next)) {
                graph.visit(next, left);
            }
        }
        return graph;
    }

    private void visit(Descriptor manifest, Deque<Descriptor> left) {
        if (manifests.containsKey(manifest.digest()) || !manifest.mediaType().isManifest()) {
            return;
        }
        if (manifests.size() == MAX_MANIFESTS) {
            throw new LimitExceededException("cannot read " + known + ": it names more than "
                    + MAX_MANIFESTS + " manifests");
        }
        manifests.put(manifest.digest(), Descriptor.of(manifest.mediaType(), manifest.digest(),
                manifest.size()));
        Optional<List<Descriptor>> children = known.children(manifest);
        complete &= children.isPresent();
        children.orElse(List.of()).forEach(left::push);
    }
}
