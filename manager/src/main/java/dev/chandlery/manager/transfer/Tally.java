package dev.chandlery.manager.transfer;

import dev.chandlery.oci.Tag;
import dev.chandlery.oci.copy.CopyEvent;
import dev.chandlery.oci.copy.CopyOutcome;
import dev.chandlery.oci.copy.CopyTotals;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens to one repository.
 *
 * <p><b>Concurrency:</b> safe; to be read when the run is over.
 */
final class Tally {
    private final String path;
    private final int tags;
    private final CopyTotals totals = new CopyTotals();
    private final LongAdder changed = new LongAdder();
    private final LongAdder unchanged = new LongAdder();
    private final LongAdder leftOut = new LongAdder();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong begin = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong end = new AtomicLong(Long.MIN_VALUE);
    private final Set<Tag> replaced = new ConcurrentSkipListSet<>();
    private final SortedSet<Tag> pruned = new ConcurrentSkipListSet<>();
    private final Collection<String> notes = new ConcurrentLinkedQueue<>();
    private final Collection<RepositoryReport.Failure> failures = new ConcurrentLinkedQueue<>();

    /** @param tags number of tags that are copied */
    Tally(String path, int tags) {
        this.path = path;
        this.tags = tags;
    }

    void on(CopyEvent event) {
        long now = System.nanoTime();
        begin.accumulateAndGet(now, Math::min);
        end.accumulateAndGet(now, Math::max);
        totals.on(event);
    }

    /** Counts a request that is done; returns whether it was the last one of the repository. */
    boolean end(CopyOutcome outcome) {
        switch (outcome) {
            case CopyOutcome.Copied copied -> (copied.changed() ? changed : unchanged).increment();
            case CopyOutcome.LeftOut _ -> leftOut.increment();
            case CopyOutcome.NotCopied failed -> {
                failed.request().tags().forEach(replaced::remove);
                failures.add(failure("tag " + failed.request().identifier(), failed.failure(),
                        failed.ofReferrers()));
            }
        }
        return ended.incrementAndGet() == tags;
    }

    void fail(String what, RuntimeException cause) {
        failures.add(failure(what, cause, false));
    }

    private static RepositoryReport.Failure failure(String what, RuntimeException cause,
            boolean ofReferrers) {
        return new RepositoryReport.Failure(what, String.valueOf(cause.getMessage()), ofReferrers);
    }

    boolean hasFailed() {
        return !failures.isEmpty();
    }

    /** The target has that tag, naming something else. */
    void replaces(Tag tag) {
        replaced.add(tag);
    }

    void prune(Set<Tag> removed) {
        pruned.addAll(removed);
    }

    void note(String text) {
        notes.add(text);
    }

    long changed() {
        return changed.sum();
    }

    RepositoryReport report() {
        Duration duration = begin.get() > end.get()
                ? Duration.ZERO
                : Duration.ofNanos(end.get() - begin.get());
        return new RepositoryReport(path, new RepositoryReport.Sums(blobs(totals.sent()), blobs(
                totals.mounted()), blobs(totals.present()), totals.manifests(),
                new RepositoryReport.Tags(changed.sum(), unchanged.sum(), leftOut.sum()),
                duration), new TreeSet<>(replaced), pruned, List.copyOf(notes), failures.stream()
                        .sorted(Comparator.comparing(RepositoryReport.Failure::what))
                        .toList());
    }

    private static RepositoryReport.Blobs blobs(CopyTotals.Count count) {
        return new RepositoryReport.Blobs(count.blobs(), count.bytes());
    }
}
