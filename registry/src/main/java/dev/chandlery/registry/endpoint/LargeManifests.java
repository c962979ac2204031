package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.limit.SharedPermits;
import dev.chandlery.registry.refusal.RefusedException;
import java.util.concurrent.Semaphore;

/**
 * How many large manifests are in memory at a time. A manifest of 4 MiB names tens of thousands of blobs, and takes
 * about 60 MiB while it is understood and recorded: a dozen at once would fill a small heap. Hundreds of a few
 * hundred KiB would keep all processors busy for seconds, and everybody else waiting. Small ones, as almost all
 * are, are not counted.
 *
 * <p><b>Concurrency:</b> the heap is the process's, and so are the places, of which one caller has half at most.
 * A place is taken when so much of a manifest has come, not when it is announced. Whoever has a turn has a
 * place, and waits for nobody.
 */
final class LargeManifests {
    /** Above this size a manifest is middling, and worked on beside few others. */
    static final int MIDDLING_BYTES = 32 * 1024;
    /** Above this size it is large, and the heap has room for few. */
    static final int LARGE_BYTES = 256 * 1024;

    private static final long MIDDLING_PLACE_BYTES = 1024 * 1024;
    private static final long LARGE_PLACE_BYTES = 24L * 1024 * 1024;
    private static final long TURN_BYTES = 128L * 1024 * 1024;
    private static final int LEAST_PLACES = 4;
    private static final LargeManifests PROCESS = new LargeManifests(new Capacity(share(
            MIDDLING_PLACE_BYTES, LEAST_PLACES), share(LARGE_PLACE_BYTES, LEAST_PLACES), share(
                    TURN_BYTES, 1), Math.max(1, Runtime.getRuntime().availableProcessors() / 2)));

    private final SharedPermits middling;
    private final SharedPermits large;
    private final Semaphore turns;
    private final Semaphore processors;

    /**
     * How many there may be.
     *
     * @param middling how many middling ones may be received or wait; more are told to come again
     * @param large the same of large ones
     * @param turns how many large ones may be understood and recorded
     * @param processors how many of both kinds may
     */
    record Capacity(int middling, int large, int turns, int processors) {}

    LargeManifests(Capacity capacity) {
        this.middling = new SharedPermits(capacity.middling());
        this.large = new SharedPermits(capacity.large());
        this.turns = new Semaphore(capacity.turns(), true);
        this.processors = new Semaphore(capacity.processors(), true);
    }

    /** Those of this process, by the size of its heap. */
    static LargeManifests ofProcess() {
        return PROCESS;
    }

    private static int share(long bytes, int least) {
        return Math.clamp(Runtime.getRuntime().maxMemory() / bytes, least, 1024);
    }

    /**
     * A place for the manifest that somebody brings, of which nothing has come yet; closed when it is recorded.
     *
     * @param account whose share it counts to
     */
    Place place(String account) {
        return new Place(account);
    }

    /** Room for one manifest; used by one thread. */
    final class Place implements AutoCloseable {
        private final String account;
        private SharedPermits.Permit middlingPlace = SharedPermits.NONE;
        private SharedPermits.Permit largePlace = SharedPermits.NONE;
        private boolean isMiddling;
        private boolean isLarge;
        private boolean hasTurn;
        private boolean hasProcessor;

        private Place(String account) {
            this.account = account;
        }

        /**
         * So many bytes of it have come.
         *
         * @throws RefusedException 429 when there is no place for so large a one
         */
        void grown(long bytes) {
            if (bytes > MIDDLING_BYTES && !isMiddling) {
                middlingPlace = take(middling);
                isMiddling = true;
            }
            if (bytes > LARGE_BYTES && !isLarge) {
                largePlace = take(large);
                isLarge = true;
            }
        }

        private SharedPermits.Permit take(SharedPermits places) {
            return places.tryTake(account, 1)
                    .orElseThrow(() -> new RefusedException(ErrorCode.TOOMANYREQUESTS,
                            ErrorCode.TOOMANYREQUESTS.status(), "cannot accept manifest: too many"
                                    + " large ones come at once; try again in 1 s",
                            HeaderFields.of("Retry-After", "1")));
        }

        /** Waits until it may be understood; its bytes are there. */
        void awaitTurn() {
            try {
                if (isLarge) {
                    turns.acquire();
                    hasTurn = true;
                }
                if (isMiddling) {
                    processors.acquire();
                    hasProcessor = true;
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new OperationCancelledException("cannot accept manifest: interrupted");
            }
        }

        @Override
        public void close() {
            if (hasProcessor) {
                processors.release();
            }
            if (hasTurn) {
                turns.release();
            }
            largePlace.close();
            middlingPlace.close();
        }
    }
}
