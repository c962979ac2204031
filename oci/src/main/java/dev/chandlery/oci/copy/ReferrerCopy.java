package dev.chandlery.oci.copy;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.concurrent.Flights;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.oci.content.ReferrerLinker;
import dev.chandlery.oci.content.ReferrerLister;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Copies what is attached to manifests, what is attached to that, and so on; and links it to its subject where
 * the target wants to be told. It is done before a tag is moved, so that who finds the tag finds the evidence.
 */
final class ReferrerCopy {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_REFERRERS = 100_000;

    private final Route route;
    private final Supplier<Boolean> keptUnderTags;
    private final Supplier<Boolean> sameTags;
    private final Flights<Digest, Attached> flights = new Flights<>();
    private final ConcurrentMap<Digest, Set<Digest>> done = new ConcurrentHashMap<>();

    /**
     * What became of all that is attached to some manifests.
     *
     * @param sent whether anything had to be sent
     * @param linked subjects whose lists were written in this run, and must be looked at once more at its end
     */
    record Attached(boolean sent, Set<Digest> linked) {
        static final Attached NOTHING = new Attached(false, Set.of());

        Attached and(Attached other) {
            return new Attached(sent || other.sent, both(linked, other.linked));
        }
    }

    ReferrerCopy(Route route) {
        this.route = route;
        this.keptUnderTags = new Once<>(() -> route.sourceReferrers()
                .map(lister -> route.ofSource(_ -> lister.keptUnderTags()))
                .orElse(false));
        this.sameTags = new Once<>(this::compareTags);
    }

    /** Whether the source has referrers at all, as far as can be told by its kind. */
    private boolean isWanted() {
        return route.run().options().referrers() && route.sourceReferrers().isPresent();
    }

    /**
     * Whether a graph that is at the target already has to be looked into for new referrers: not when both
     * sides keep them under fallback tags, and these are the same.
     */
    boolean mayHaveNew() {
        return isWanted() && !sameTags.get();
    }

    /** Copies what is attached to any of these. */
    Attached copy(Collection<Descriptor> subjects, boolean likelyThere) {
        return isWanted() ? copy(subjects, likelyThere, 1) : Attached.NOTHING;
    }

    private Attached copy(Collection<Descriptor> subjects, boolean likelyThere, int depth) {
        Set<Digest> linked = Set.of();
        List<Descriptor> left = new ArrayList<>();
        for (Descriptor subject : subjects) {
            Set<Digest> before = done.get(subject.digest());
            if (before != null) {
                linked = both(linked, before);
            } else if (mayHave(subject.digest())) {
                left.add(subject);
            }
        }
        return TaskScope.mapAll("referrers", left, subject -> flights.join(subject.digest(),
                () -> copyOf(subject, likelyThere, depth)))
                .stream()
                .reduce(new Attached(false, linked), Attached::and);
    }

    private Attached copyOf(Descriptor subject, boolean likelyThere, int depth) {
        Set<Digest> before = done.get(subject.digest());
        if (before != null) {
            return new Attached(false, before);
        }
        List<Descriptor> attached = list(subject.digest());
        Attached copied = attached.isEmpty()
                ? Attached.NOTHING
                : copyAndLink(subject, attached, likelyThere, depth);
        done.put(subject.digest(), copied.linked);
        return copied;
    }

    private Attached copyAndLink(Descriptor subject, List<Descriptor> attached, boolean likelyThere,
            int depth) {
        if (depth > MAX_DEPTH) {
            throw new LimitExceededException("cannot copy what is attached to " + subject.digest()
                    + ": it is the end of a chain of more than " + MAX_DEPTH);
        }
        GraphCopy graphs = new GraphCopy(route, likelyThere);
        boolean sent = TaskScope.mapAll("referrers", attached, graphs::copy).contains(true);
        Attached more = copy(graphs.visited(), likelyThere, depth + 1);
        Optional<ReferrerLinker> linker = route.target().referrerLinker();
        boolean linked = linker.map(links -> route.ofTarget(_ -> links.link(subject.digest(),
                attached))).orElse(false);
        return more.and(new Attached(sent, linked ? Set.of(subject.digest()) : Set.of()));
    }

    /** Looks once more at a list that was written. */
    void settle(Digest subject) {
        route.target().referrerLinker().ifPresent(links -> route.ofTarget(_ -> {
            links.settle(subject);
            return true;
        }));
    }

    private static Set<Digest> both(Set<Digest> one, Set<Digest> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        Set<Digest> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    private List<Descriptor> list(Digest subject) {
        return route.ofSource(source -> {
            try (Stream<Descriptor> found = route.sourceReferrers()
                    .map(lister -> lister.referrers(subject))
                    .orElse(Stream.empty())) {
                List<Descriptor> all = found.limit(MAX_REFERRERS + 1L).toList();
                if (all.size() > MAX_REFERRERS) {
                    throw new LimitExceededException("cannot copy what is attached to " + subject
                            + " in " + source + ": more than " + MAX_REFERRERS + " manifests");
                }
                return all;
            }
        });
    }

    /** Where lists are kept under tags, the tags tell of all subjects at once. */
    private boolean mayHave(Digest subject) {
        return !keptUnderTags.get() || route.sourceTags()
                .map(tags -> tags.contains(Endpoints.fallbackTag(subject)))
                .orElse(true);
    }

    private boolean compareTags() {
        if (!keptUnderTags.get()) {
            return false;
        }
        Optional<Set<Tag>> tags = route.sourceTags();
        if (tags.isEmpty()) {
            return false;
        }
        List<Tag> lists = tags.get().stream().filter(Endpoints::isFallbackTag).toList();
        if (lists.isEmpty()) {
            return true;
        }
        return isTargetAlike() && !TaskScope.mapAll("tags", lists, this::isSame).contains(false);
    }

    private boolean isTargetAlike() {
        return route.ofTarget(target -> target.referrerLister().map(ReferrerLister::keptUnderTags))
                .orElse(false);
    }

    private boolean isSame(Tag tag) {
        if (route.targetTags().filter(tags -> !tags.contains(tag)).isPresent()) {
            return false;
        }
        Optional<Digest> there = route.ofTarget(target -> target.find(tag)
                .map(
                        Descriptor::digest));
        return there.isPresent() && there.equals(route.ofSource(source -> source.find(tag)
                .map(
                        Descriptor::digest)));
    }
}
