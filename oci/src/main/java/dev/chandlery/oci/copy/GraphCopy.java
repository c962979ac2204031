package dev.chandlery.oci.copy;

import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.ResponseException;
import dev.chandlery.oci.concurrent.KeyedLocks;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.content.PushHint;
import dev.chandlery.oci.content.Pushed;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Copies what a manifest names, and what that names, children before parents. A manifest that the target has
 * is not looked into, as what it names was there before it; where a registry is wrong about that, it refuses
 * the parent, and what the parent names is sent once more.
 */
final class GraphCopy {
    private static final int MAX_DEPTH = 16;

    /** What belongs to one manifest of the graph. */
    private record Level(boolean outsideBudget, int depth) {
        Level below(ByteBudget.Hold hold) {
            return new Level(hold.isOutside(), depth + 1);
        }
    }

    private final Route route;
    private final boolean likelyThere;
    private final Map<Digest, Descriptor> visited = new ConcurrentHashMap<>();

    /**
     * @param likelyThere whether parts of the graph are probably at the target, so that asking for a manifest
     *        is cheaper than looking at what it names; else it is asked for only when all that it names was
     *        found there
     */
    GraphCopy(Route route, boolean likelyThere) {
        this.route = route;
        this.likelyThere = likelyThere;
    }

    /** The manifests of the graph as far as it was walked, without annotations. */
    Collection<Descriptor> visited() {
        return visited.values();
    }

    /**
     * Copies all that the root names, not the root, whose bytes are held by the caller; returns whether
     * anything had to be sent.
     */
    boolean copyBelow(ManifestDocument root, ByteBudget.Hold hold) {
        visit(root.descriptor());
        return copySuccessors(root, new Level(false, 0).below(hold));
    }

    /** Looks for the manifests of a graph that is at the target, without a word to the target. */
    void visitAll(ManifestDocument root) {
        visitAll(root, 0);
    }

    private void visitAll(ManifestDocument document, int depth) {
        visit(document.descriptor());
        checkDepth(document.descriptor(), depth);
        TaskScope.mapAll("copy", ownSuccessors(document), node -> {
            if (node.mediaType().isIndex()) {
                visitAll(route.ofSource(source -> Manifests.fetch(source, node)), depth + 1);
            } else if (node.mediaType().isManifest()) {
                visit(node);
            }
            return true;
        });
    }

    /** Copies the manifest with all that it names; returns whether anything had to be sent. */
    boolean copy(Descriptor manifest) {
        return copyManifest(manifest, new Level(false, 0));
    }

    /** Stores a manifest whose successors are there; sends those once more if the target lacks them. */
    void push(ManifestDocument document, Runnable push) {
        try {
            push.run();
        } catch (OciException e) {
            if (!namesWhatIsNotThere(e)) {
                throw e;
            }
            route.run()
                    .tell(new CopyEvent.Repeated(document.descriptor(), route.target(), e));
            resendSuccessors(document);
            push.run();
        }
    }

    private boolean copyManifest(Descriptor manifest, Level level) {
        checkDepth(manifest, level.depth);
        visit(manifest);
        if (route.run().known().has(route.to(), manifest.digest())) {
            return false;
        }
        if (level.outsideBudget) {
            // Who is outside must not wait for others, as these may wait for the place outside.
            return fetchAndCopy(manifest, level);
        }
        return route.run()
                .manifests()
                .join(new CopyRun.Flight(route.to().store(), manifest.digest()), () -> fetchAndCopy(
                        manifest, level));
    }

    private boolean fetchAndCopy(Descriptor manifest, Level level) {
        boolean known = route.run().known().has(route.to(), manifest.digest());
        if (known || (likelyThere && isThere(manifest))) {
            return false;
        }
        try (ByteBudget.Hold hold = route.run()
                .budget()
                .hold(manifest.size(), level.outsideBudget)) {
            ManifestDocument document = route.ofSource(source -> Manifests.fetch(source, manifest));
            boolean sent = copySuccessors(document, level.below(hold));
            if (!sent && !likelyThere && isThere(manifest)) {
                return false;
            }
            push(document, () -> pushOnce(document));
            return true;
        }
    }

    /** Unless it came to the target meanwhile as a root of its own. */
    private void pushOnce(ManifestDocument document) {
        try (KeyedLocks.Held _ = route.pushing(document.descriptor())) {
            if (!route.run().known().has(route.to(), document.descriptor().digest())) {
                pushByDigest(document);
            }
        }
    }

    private boolean isThere(Descriptor manifest) {
        boolean there = route.ofTarget(target -> target.exists(manifest));
        if (there) {
            route.run().known().add(route.to(), manifest.digest());
            route.run().tell(new CopyEvent.Present(manifest, route.target()));
        }
        return there;
    }

    private void pushAgain(ManifestDocument document) {
        try (KeyedLocks.Held _ = route.pushing(document.descriptor())) {
            pushByDigest(document);
        }
    }

    private void pushByDigest(ManifestDocument document) {
        Descriptor manifest = document.descriptor();
        route.ofTarget(target -> target.push(manifest, Content.of(document.raw()), PushHint.NONE));
        route.run().known().add(route.to(), manifest.digest());
        route.run().tell(new CopyEvent.Sent(manifest, route.target()));
    }

    /** Whether anything had to be sent; what was mounted may have been there as well. */
    private boolean copySuccessors(ManifestDocument document, Level level) {
        List<Descriptor> successors = ownSuccessors(document);
        return TaskScope.mapAll("copy", successors, node -> node.mediaType().isManifest()
                ? copyManifest(node, level)
                : route.blobs().place(node) == Pushed.SENT).contains(true);
    }

    private void resendSuccessors(ManifestDocument document) {
        TaskScope.mapAll("copy", ownSuccessors(document), node -> {
            if (node.mediaType().isManifest()) {
                ManifestDocument child = route.ofSource(source -> Manifests.fetch(source, node));
                push(child, () -> pushAgain(child));
            } else {
                route.blobs().resend(node);
            }
            return true;
        });
    }

    /** Not the subject, which has a life of its own, nor what is to be had elsewhere by its URLs. */
    private static List<Descriptor> ownSuccessors(ManifestDocument document) {
        var subject = document.manifest().subjectDescriptor().map(Descriptor::key);
        return document.manifest()
                .successors()
                .stream()
                .filter(node -> node.urls().isEmpty())
                .filter(node -> subject.filter(node.key()::equals).isEmpty())
                .toList();
    }

    private static void checkDepth(Descriptor manifest, int depth) {
        if (depth > MAX_DEPTH) {
            throw new LimitExceededException("cannot copy " + manifest.digest()
                    + ": it is nested more than " + MAX_DEPTH + " indexes deep");
        }
    }

    private void visit(Descriptor manifest) {
        visited.put(manifest.digest(), Descriptor.of(manifest.mediaType(), manifest.digest(),
                manifest.size()));
    }

    private static boolean namesWhatIsNotThere(OciException failure) {
        return switch (failure) {
            case ContentNotFoundException _ -> true;
            case ResponseException answer -> answer.hasCode("MANIFEST_BLOB_UNKNOWN")
                    || answer.hasCode("BLOB_UNKNOWN") || answer.hasCode("MANIFEST_UNKNOWN");
            default -> false;
        };
    }
}
