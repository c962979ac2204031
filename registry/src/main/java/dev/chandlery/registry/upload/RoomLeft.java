package dev.chandlery.registry.upload;

import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.refusal.RefusedException;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What one request may still add to a blob. Hooks are asked when it begins and every now and then while it
 * grows, and what it announces is counted at once: of many requests that come together, not all get the same
 * room. Used by one thread.
 */
final class RoomLeft {
    private static final long ASK_AFTER_BYTES = 1024 * 1024;

    private final LiveUpload live;
    private final BlobRoom room;
    private final ReentrantLock lock;
    private boolean unbounded;
    private long granted = -1;
    private long most;

    RoomLeft(LiveUpload live, BlobRoom room, ReentrantLock lock) {
        this.live = live;
        this.room = room;
        this.lock = lock;
    }

    /**
     * Takes room for the blob's first so many bytes.
     *
     * @param others what gives room that is taken for nothing; whether there was any
     * @throws RefusedException 403 when there is none
     */
    void take(long bytes, BooleanSupplier others) {
        if (unbounded) {
            return;
        }
        if (bytes <= granted) {
            live.count(Math.max(live.counted(), bytes));
        } else if (!fits(bytes) && !(others.getAsBoolean() && fits(bytes))) {
            throw new RefusedException(ErrorCode.DENIED, "cannot store blob in " + live
                    .repository() + ": expected at most the " + most
                    + " bytes that its quota leaves; delete something there, or ask for more");
        }
    }

    /** So many bytes of the blob came, whatever was announced. */
    void ended(long bytes) {
        if (!unbounded) {
            live.count(bytes);
        }
    }

    private boolean fits(long bytes) {
        lock.lock();
        try {
            OptionalLong answer = room.bytes(live.counted());
            if (answer.isEmpty()) {
                unbounded = true;
                live.count(0); // what has no bounds takes no room, such as a blob that is there already
                return true;
            }
            most = Math.max(0, answer.getAsLong());
            if (bytes > most) {
                return false;
            }
            live.count(Math.max(live.counted(), bytes));
            granted = Math.min(most, bytes + ASK_AFTER_BYTES);
            return true;
        } finally {
            lock.unlock();
        }
    }
}
