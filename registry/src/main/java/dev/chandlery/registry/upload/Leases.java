package dev.chandlery.registry.upload;

import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.metadata.SessionLeases;
import dev.chandlery.registry.refusal.RefusedException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * This process's leases on sessions, where several processes serve. That a lease ran out unnoticed does
 * no harm: storage takes parts of an upload only at its end, so who comes too late is refused.
 */
final class Leases {
    /** After a process was killed, its sessions wait that long. */
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final Duration RENEWAL = TIME.dividedBy(3);
    private static final int PAUSE_MILLIS = 50;
    private static final int CONFLICT = 409;

    private final SessionLeases records;
    private final Duration wait;
    private final String owner = UUID.randomUUID().toString();

    /** @param wait how long to wait for who has a lease */
    Leases(SessionLeases records, Duration wait) {
        this.records = records;
        this.wait = wait;
    }

    /** When a lease was last known to be ours; used by one thread. */
    static final class Held {
        private long renewedNanos = System.nanoTime();
    }

    /**
     * Takes the lease; false when the session ended.
     *
     * @param there whether the session is still there
     * @throws RefusedException 409 while another process has it
     */
    boolean take(String session, BooleanSupplier there) {
        long deadline = System.nanoTime() + wait.toNanos();
        while (!records.acquire(session, owner, TIME)) {
            if (!there.getAsBoolean()) {
                return false;
            }
            if (System.nanoTime() - deadline > 0) {
                throw busy();
            }
            pause();
        }
        return true;
    }

    /**
     * Takes it for longer when it is about to end.
     *
     * @throws RefusedException 409 when another process has it meanwhile
     */
    void renew(String session, Held held) {
        long now = System.nanoTime();
        if (now - held.renewedNanos > RENEWAL.toNanos()) {
            if (!records.acquire(session, owner, TIME)) {
                throw busy();
            }
            held.renewedNanos = now;
        }
    }

    void release(String session) {
        records.release(session, owner);
    }

    static RefusedException busy() {
        return new RefusedException(ErrorCode.BLOB_UPLOAD_INVALID, CONFLICT,
                "cannot use upload session: another request is writing to it",
                HeaderFields.NONE.plus("Retry-After", "1"));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot use upload session: interrupted");
        }
    }
}
