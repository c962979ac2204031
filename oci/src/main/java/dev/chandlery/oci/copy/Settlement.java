package dev.chandlery.oci.copy;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.concurrent.TaskScope;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The end of a run, where lists of referrers that were written are looked at once more: other clients may have
 * overwritten them. A root whose list cannot be made to last was not copied as a whole.
 *
 * <p><b>Concurrency:</b> for one thread.
 */
final class Settlement {
    private static final int MOST_FAILURES_IN_A_ROW = 8;

    /** A list of referrers at a target. */
    private record Listing(Object store, Digest subject) {
        static Listing of(RootCopy root, Digest subject) {
            return new Listing(Endpoint.storeOf(root.request().target()), subject);
        }
    }

    private record Question(Listing listing, RootCopy root) {}

    private final Map<Listing, OciException> failures = new ConcurrentHashMap<>();
    private final AtomicInteger failuresInRow = new AtomicInteger();

    /** Blocks for as long as another client may need to write what it made of an old list. */
    void settle(Collection<RootCopy> roots) {
        Map<Listing, Question> questions = new LinkedHashMap<>();
        for (RootCopy root : roots) {
            for (Digest subject : root.linked()) {
                Listing listing = Listing.of(root, subject);
                questions.putIfAbsent(listing, new Question(listing, root));
            }
        }
        TaskScope.mapAll("settle", List.copyOf(questions.values()), this::settle);
    }

    private boolean settle(Question question) {
        Listing listing = question.listing;
        if (failuresInRow.get() >= MOST_FAILURES_IN_A_ROW) {
            failures.put(listing, new TransferException("cannot look again at the referrers of "
                    + listing.subject + " in " + listing.store + ": not tried, as "
                    + MOST_FAILURES_IN_A_ROW + " others failed in a row", null, true));
            return false;
        }
        try {
            question.root.settle(listing.subject);
            failuresInRow.set(0);
            return true;
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            failures.put(listing, e);
            failuresInRow.incrementAndGet();
            return false;
        }
    }

    /** Why the root is not all there; empty when it is. */
    Optional<OciException> failure(RootCopy root) {
        return new TreeSet<>(root.linked()).stream()
                .map(subject -> failures.get(Listing.of(root, subject)))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
