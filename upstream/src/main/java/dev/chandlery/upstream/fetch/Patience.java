package dev.chandlery.upstream.fetch;

import dev.chandlery.oci.TransferException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How often a download that broke is taken up again. A host that goes silent holds up each attempt for as long
 * as timeouts allow, so that it gets fewer of them than one whose connections break at once. Not thread-safe.
 */
final class Patience {
    private static final int MOST_STALLS = 2;

    private final int attempts;
    private int failed;
    private int stalls;

    /** @param attempts most of them, whatever breaks */
    Patience(int attempts) {
        this.attempts = attempts;
    }

    /**
     * Counts an attempt that failed.
     *
     * @param answered whether any answer came; the transport tried several times for it if not
     * @return how many have failed, from 1
     * @throws TransferException the same, when there is to be no other attempt
     */
    int failed(TransferException e, boolean answered) {
        failed++;
        if (isStall(e)) {
            stalls += answered ? 1 : MOST_STALLS;
        }
        if (!e.retryable() || failed >= attempts || stalls >= MOST_STALLS) {
            throw e;
        }
        return failed;
    }

    private static boolean isStall(TransferException e) {
        for (@Nullable
        Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }
}
