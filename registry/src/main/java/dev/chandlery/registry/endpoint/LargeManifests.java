package dev.chandlery.registry.endpoint;

import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.http.HttpRequest;
import dev.chandlery.registry.refusal.RefusedException;
import java.util.concurrent.Semaphore;

/**
 * How many large manifests are in memory at a time. A manifest of 4 MiB names tens of thousands of blobs, and takes
 * about 60 MiB while it is understood and recorded: a dozen at once would fill a small heap. Small ones, as
 * almost all are, are not counted.
 *
 * <p><b>Concurrency:</b> the heap is the process's, and so are the places. Whoever has a turn has a place, and
 * waits for nobody.
 */
final class LargeManifests {
    private static final int FROM_BYTES = 256 * 1024;
    private static final long PLACE_BYTES = 24L * 1024 * 1024;
    private static final long TURN_BYTES = 128L * 1024 * 1024;
    private static final int LEAST_PLACES = 4;
    private static final LargeManifests PROCESS = new LargeManifests(share(PLACE_BYTES,
            LEAST_PLACES), share(TURN_BYTES, 1));

    private final Semaphore places;
    private final Semaphore turns;

    /**
     * @param places how many may be received or wait; more are told to come again
     * @param turns how many of them may be understood and recorded
     */
    LargeManifests(int places, int turns) {
        this.places = new Semaphore(places);
        this.turns = new Semaphore(turns, true);
    }

    /** Those of this process, by the size of its heap. */
    static LargeManifests ofProcess() {
        return PROCESS;
    }

    private static int share(long bytes, int least) {
        return Math.clamp(Runtime.getRuntime().maxMemory() / bytes, least, 1024);
    }

    /**
     * A place for the manifest that this request brings; the caller closes it.
     *
     * @throws RefusedException 429 when there is none
     */
    Place place(HttpRequest request) {
        if (request.contentLength().orElse(Long.MAX_VALUE) < FROM_BYTES) {
            return new Place(false);
        }
        if (!places.tryAcquire()) {
            throw new RefusedException(ErrorCode.TOOMANYREQUESTS, ErrorCode.TOOMANYREQUESTS
                    .status(), "cannot accept manifest: too many large ones come at once; try"
                            + " again in 1 s", HeaderFields.of("Retry-After", "1"));
        }
        return new Place(true);
    }

    /** Room for one manifest; used by one thread. */
    final class Place implements AutoCloseable {
        private final boolean large;
        private boolean turn;

        private Place(boolean large) {
            this.large = large;
        }

        /** Waits until it may be understood; its bytes are there. */
        void awaitTurn() {
            if (large) {
                try {
                    turns.acquire();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    throw new OperationCancelledException("cannot accept manifest: interrupted");
                }
                turn = true;
            }
        }

        @Override
        public void close() {
            if (turn) {
                turns.release();
            }
            if (large) {
                places.release();
            }
        }
    }
}
