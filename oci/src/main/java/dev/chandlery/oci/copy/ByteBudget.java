package dev.chandlery.oci.copy;

import dev.chandlery.oci.OperationCancelledException;
import java.util.concurrent.Semaphore;

/**
 * Bounds the bytes of manifests that are held while what they name is copied. A manifest is held while its
 * children are, so waiting for room could be waiting for oneself. Therefore who finds no room does not wait
 * for it but for the one place outside of the budget; whatever belongs to the manifest in that place goes
 * free. So memory is the budget and one chain of manifests, and somebody can always go on.
 *
 * <p><b>Concurrency:</b> safe; a hold may be ended by another thread.
 */
final class ByteBudget {
    private final Semaphore room;
    private final int most;
    private final Semaphore outside = new Semaphore(1, true);

    /** Room that is taken until it is closed. */
    interface Hold extends AutoCloseable {

        /** Whether what belongs to it goes free. */
        boolean isOutside();

        @Override
        void close();
    }

    private static final Hold FREE = new Held(true, () -> {});

    private record Held(boolean isOutside, Runnable end) implements Hold {
        @Override
        public void close() {
            end.run();
        }
    }

    ByteBudget(long bytes) {
        this.most = Math.toIntExact(Math.min(bytes, Integer.MAX_VALUE));
        this.room = new Semaphore(most);
    }

    /**
     * Blocks until there is room, or the place outside is free.
     *
     * @param free whether the manifest belongs to one outside
     */
    Hold hold(long bytes, boolean free) {
        if (free) {
            return FREE;
        }
        int wanted = (int) Math.min(bytes, most);
        if (room.tryAcquire(wanted)) {
            return new Held(false, () -> room.release(wanted));
        }
        try {
            outside.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot copy: interrupted");
        }
        return new Held(true, outside::release);
    }
}
