package dev.chandlery.oci.copy;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.concurrent.KeyedLocks;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.content.PushHint;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out one request: resolves the identifier once, copies the graph and what is attached to it, then
 * the root, last the tags, and reads these back.
 */
final class RootCopy {
    private final Route route;
    private final CopyRequest request;
    private final List<Tag> tags;
    private Set<Digest> linked = Set.of();
    private boolean atReferrers;

    RootCopy(Route route, CopyRequest request) {
        this.route = route;
        this.request = request;
        this.tags = request.tags();
    }

    /** Subjects whose lists of referrers it depends on, and that were written in this run. */
    Set<Digest> linked() {
        return linked;
    }

    /** Whether it failed, if it did, with what is attached. */
    boolean failedAtReferrers() {
        return atReferrers;
    }

    /** Looks once more at such a list. */
    void settle(Digest subject) {
        route.referrers().settle(subject);
    }

    CopyRequest request() {
        return request;
    }

    CopyOutcome run() {
        // With tags that may be right already, two questions often are all; else the manifest is needed.
        return isWhole() && mayBeThere() ? compareFirst() : copyNow();
    }

    private boolean isWhole() {
        return route.run().options().platforms().isEmpty();
    }

    private boolean mayBeThere() {
        return tags.isEmpty() || route.targetTags()
                .map(there -> there.containsAll(tags))
                .orElse(true);
    }

    private CopyOutcome compareFirst() {
        Descriptor root = resolve();
        route.run().tell(new CopyEvent.Resolved(request, root));
        if (isThere(root)) {
            route.run().known().add(route.to(), root.digest());
            route.run().tell(new CopyEvent.Present(root, route.target()));
            return new CopyOutcome.Copied(request, root, copyNewReferrers(root));
        }
        return copy(fetch(root), true);
    }

    private CopyOutcome copyNow() {
        ManifestDocument found = route.ofSource(source -> source.findManifest(request.identifier()))
                .orElseThrow(() -> missing(request.identifier()));
        route.run().tell(new CopyEvent.Resolved(request, found.descriptor()));
        if (isWhole()) {
            return copy(found, false);
        }
        Optional<ManifestDocument> narrowed = new PlatformFilter(route.run().options().platforms(),
                route).apply(found);
        if (narrowed.isEmpty()) {
            return new CopyOutcome.LeftOut(request, found.descriptor());
        }
        ManifestDocument root = narrowed.get();
        boolean there = mayBeThere() && isThere(root.descriptor());
        return there
                ? new CopyOutcome.Copied(request, root.descriptor(), copyNewReferrers(root))
                : copy(root, mayBeThere());
    }

    private Descriptor resolve() {
        return route.ofSource(source -> source.find(request.identifier()))
                .orElseThrow(() -> missing(request.identifier()));
    }

    private ManifestDocument fetch(Descriptor root) {
        return route.ofSource(source -> Manifests.fetch(source, root));
    }

    private ContentNotFoundException missing(Identifier identifier) {
        return new ContentNotFoundException("cannot copy " + identifier + " from " + request
                .source() + ": not found");
    }

    /** Whether the target has the root under all tags, or at all when none is asked for. */
    private boolean isThere(Descriptor root) {
        return tags.isEmpty()
                ? route.ofTarget(target -> target.exists(root))
                : tags.stream().allMatch(tag -> isThere(tag, root.digest()));
    }

    private boolean isThere(Tag tag, Digest root) {
        Optional<Digest> found = target(tag);
        found.filter(other -> !other.equals(root))
                .ifPresent(other -> route.run().tell(new CopyEvent.Differs(request, tag, other)));
        return found.equals(Optional.of(root));
    }

    private Optional<Digest> target(Tag tag) {
        return route.ofTarget(target -> target.find(tag).map(Descriptor::digest));
    }

    /** Below an image are no manifests to which something could be attached. */
    private boolean copyNewReferrers(Descriptor root) {
        if (!route.referrers().mayHaveNew()) {
            return false;
        }
        return root.mediaType().isImageManifest()
                ? copyReferrers(List.of(root), true)
                : copyNewReferrers(fetch(root));
    }

    private boolean copyNewReferrers(ManifestDocument root) {
        if (!route.referrers().mayHaveNew()) {
            return false;
        }
        GraphCopy graph = new GraphCopy(route, true);
        graph.visitAll(root);
        return copyReferrers(graph.visited(), true);
    }

    private boolean copyReferrers(Collection<Descriptor> subjects, boolean likelyThere) {
        atReferrers = true;
        ReferrerCopy.Attached attached = route.referrers().copy(subjects, likelyThere);
        atReferrers = false;
        linked = attached.linked();
        return attached.sent();
    }

    private CopyOutcome copy(ManifestDocument root, boolean likelyThere) {
        try (ByteBudget.Hold hold = route.run().budget().hold(root.raw().size(), false)) {
            if (route.isWithinOneStore()) {
                tags.forEach(tag -> route.ofTarget(target -> {
                    target.tag(root.descriptor(), tag);
                    return true;
                }));
                tags.forEach(tag -> readBack(root.descriptor(), tag));
            } else {
                GraphCopy graph = new GraphCopy(route, likelyThere);
                graph.copyBelow(root, hold);
                copyReferrers(graph.visited(), likelyThere);
                graph.push(root, () -> pushRoot(root));
            }
        }
        return new CopyOutcome.Copied(request, root.descriptor(), true);
    }

    private void pushRoot(ManifestDocument root) {
        try (KeyedLocks.Held _ = route.pushing(root.descriptor())) {
            route.ofTarget(target -> {
                if (tags.isEmpty()) {
                    target.push(root.descriptor(), Content.of(root.raw()), PushHint.NONE);
                }
                tags.forEach(tag -> target.push(root, tag));
                return true;
            });
            route.run().known().add(route.to(), root.descriptor().digest());
            route.run().tell(new CopyEvent.Sent(root.descriptor(), route.target()));
            tags.forEach(tag -> readBack(root.descriptor(), tag));
        }
    }

    private void readBack(Descriptor root, Tag tag) {
        Optional<Digest> found = target(tag);
        if (!found.equals(Optional.of(root.digest()))) {
            throw new ContentMismatchException("tag " + tag + " of " + request.target()
                    + " after it was written (does another client write it?)", root.digest()
                            .toString(), found.map(Digest::toString).orElse("no such tag"));
        }
        route.run().tell(new CopyEvent.Tagged(request, root, tag));
    }
}
