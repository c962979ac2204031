package dev.chandlery.oci.copy;

import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.concurrent.TaskScope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Copies graphs of content from any store to any other; one object for one run, in which nothing is asked or
 * sent twice. What holds, whatever breaks:
 *
 * <ol>
 * <li>children come before parents, referrers before the tag, and tags last;
 * <li>bytes are moved as they are, and every byte is compared with its digest on the way;
 * <li>of the same content, one transfer runs at a time; who waited for a failed one may try it again;
 * <li>no permit of a registry is held while waiting for another node;
 * <li>a manifest that is there is not looked into; but if the target then refuses its parent because something
 * is missing, that is sent once more.
 * </ol>
 *
 * <p>Where lists of referrers are kept under tags, which other clients may overwrite, those that were written
 * are looked at once more at the end of the run. Each source tag is resolved once. An interrupted or killed run leaves no tag on something incomplete, and
 * running it again sends what is missing.
 *
 * <p><b>Concurrency:</b> thread-safe; blocking, on virtual threads of its own. An interrupt cancels.
 */
public final class Copier {
    private static final int ROOTS_PER_JOB = 2;

    private final CopyRun run;
    private final Semaphore roots;
    private final Outages outages = new Outages();

    public Copier(CopyOptions options, CopyListener listener) {
        this.run = new CopyRun(options, listener);
        this.roots = new Semaphore(ROOTS_PER_JOB * options.jobs(), true);
    }

    /**
     * Copies all of these; that one fails does not stop the others.
     *
     * @return how each ended, in the order of the requests
     * @throws OperationCancelledException when the thread is interrupted
     */
    public List<CopyOutcome> copyAll(List<CopyRequest> requests) {
        List<Attempt> attempts = TaskScope.mapAll("copy", requests, this::inTurn);
        Settlement settlement = new Settlement();
        settlement.settle(attempts.stream().map(Attempt::root).toList());
        return attempts.stream().map(attempt -> settled(settlement, attempt)).toList();
    }

    /**
     * Copies one graph.
     *
     * @throws OciException when it could not be copied; no tag was moved then
     */
    public CopyOutcome copy(CopyRequest request) {
        RootCopy root = new RootCopy(run.route(request), request);
        CopyOutcome outcome = root.run();
        Settlement settlement = new Settlement();
        settlement.settle(List.of(root));
        settlement.failure(root)
                .ifPresent(failure -> {
                    throw failure;
                });
        return outcome;
    }

    /** How a root was copied, as far as is known before the end of the run. */
    private record Attempt(RootCopy root, CopyOutcome outcome) {}

    /** What depends on lists that were written in this run has ended only now. */
    private CopyOutcome settled(Settlement settlement, Attempt attempt) {
        if (attempt.root.linked().isEmpty() || attempt.outcome instanceof CopyOutcome.NotCopied) {
            return attempt.outcome;
        }
        CopyOutcome outcome = settlement.failure(attempt.root)
                .<CopyOutcome>map(
                        failure -> new CopyOutcome.NotCopied(attempt.root.request(), failure, true))
                .orElse(attempt.outcome);
        run.tell(new CopyEvent.Ended(outcome));
        return outcome;
    }

    /** Roots are limited, so that those begun are ended before others are begun. */
    private Attempt inTurn(CopyRequest request) {
        try {
            roots.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot copy " + request + ": interrupted");
        }
        try {
            RootCopy root = new RootCopy(run.route(request), request);
            CopyOutcome outcome = attempt(root);
            if (root.linked().isEmpty() || outcome instanceof CopyOutcome.NotCopied) {
                run.tell(new CopyEvent.Ended(outcome));
            }
            return new Attempt(root, outcome);
        } finally {
            roots.release();
        }
    }

    private CopyOutcome attempt(RootCopy root) {
        CopyRequest request = root.request();
        Optional<OciException> outage = outages.given(request);
        if (outage.isPresent()) {
            return new CopyOutcome.NotCopied(request, outage.get());
        }
        try {
            CopyOutcome outcome = root.run();
            outages.succeeded(request);
            return outcome;
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException e) {
            outages.failed(request, e);
            return new CopyOutcome.NotCopied(request, e, root.failedAtReferrers());
        }
    }
}
