package dev.chandlery.oci.copy;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.concurrent.KeyedLocks;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.content.TagLister;
import dev.chandlery.oci.content.Target;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From one store to another, with what a run learned of the two: which tags they have, and how they keep
 * referrers.
 */
final class Route {
    private final CopyRun run;
    private final Source source;
    private final Endpoint from;
    private final Target target;
    private final Endpoint to;
    private final Supplier<Optional<Set<Tag>>> sourceTags;
    private final Supplier<Optional<Set<Tag>>> targetTags;
    private final BlobCopy blobs;
    private final ReferrerCopy referrers;

    Route(CopyRun run, Source source, Endpoint from, Target target, Endpoint to) {
        this.run = run;
        this.source = source;
        this.from = from;
        this.target = target;
        this.to = to;
        this.sourceTags = new Once<>(() -> tags(source, from));
        this.targetTags = new Once<>(() -> tags(target, to));
        this.blobs = new BlobCopy(this);
        this.referrers = new ReferrerCopy(this);
    }

    CopyRun run() {
        return run;
    }

    Endpoint from() {
        return from;
    }

    Endpoint to() {
        return to;
    }

    Target target() {
        return target;
    }

    BlobCopy blobs() {
        return blobs;
    }

    ReferrerCopy referrers() {
        return referrers;
    }

    /** Source and target are the same repository: only tags can be missing. */
    boolean isWithinOneStore() {
        return from.sameStore(to);
    }

    /** Asks the source, with a permit. */
    <T> T ofSource(Function<Source, T> question) {
        return from.permits().with(() -> question.apply(source));
    }

    /** Asks the target, or writes to it, with a permit. */
    <T> T ofTarget(Function<Target, T> question) {
        return to.permits().with(() -> question.apply(target));
    }

    /** Moves bytes from one to the other, with a permit of each. */
    <T> T between(Function<Target, T> transfer) {
        return Permits.withBoth(from.permits(), to.permits(), () -> transfer.apply(target));
    }

    /** Held by who sends this manifest to the target; to be taken before any permit. */
    KeyedLocks.Held pushing(Descriptor manifest) {
        return run.pushing(new CopyRun.Flight(to.store(), manifest.digest()));
    }

    Content contentOf(Descriptor node) {
        return new ReportedContent(Content.of(source, node), node, target, run.listener());
    }

    Optional<ReferrerLister> sourceReferrers() {
        return source.referrerLister();
    }

    /** All tags of the source; empty when it cannot be told. */
    Optional<Set<Tag>> sourceTags() {
        return sourceTags.get();
    }

    /** All tags of the target; empty when it cannot be told. */
    Optional<Set<Tag>> targetTags() {
        return targetTags.get();
    }

    /** Lists that fail are no reason to fail: they only save questions. */
    private static Optional<Set<Tag>> tags(Source store, Endpoint endpoint) {
        Optional<TagLister> lister = store.tagLister();
        if (lister.isEmpty()) {
            return Optional.empty();
        }
        try {
            return endpoint.permits().with(() -> {
                try (Stream<Tag> tags = lister.get().tags()) {
                    return Optional.of(tags.collect(Collectors.toUnmodifiableSet()));
                }
            });
        } catch (OperationCancelledException | TransferException e) {
            throw e;
        } catch (OciException _) {
            return Optional.empty();
        }
    }
}
