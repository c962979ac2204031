package dev.chandlery.registry.limit;

import dev.chandlery.oci.api.ErrorCode;
import dev.chandlery.registry.http.HeaderFields;
import dev.chandlery.registry.refusal.RefusedException;
import java.util.Optional;

/**
 * How many bytes of large answers are in memory at a time: clients that ask for them and do not read would fill
 * the heap. Small answers, as almost all are, are not counted.
 *
 * <p><b>Concurrency:</b> the heap is the process's, and so is this. Nobody waits: whoever comes too much is told
 * to come again.
 */
public final class AnswerMemory {
    /** From this size on an answer counts. */
    static final long FROM_BYTES = 256L * 1024;

    private static final long HEAP_SHARE = 8;
    /** While it is made, an answer is there as rows, as text and as bytes. */
    private static final long COPIES = 4;
    private static final AnswerMemory PROCESS = new AnswerMemory(Runtime.getRuntime().maxMemory()
            / HEAP_SHARE);

    private final SharedPermits bytes;

    AnswerMemory(long bytes) {
        this.bytes = new SharedPermits(bytes);
    }

    /** That of this process, by the size of its heap. */
    public static AnswerMemory ofProcess() {
        return PROCESS;
    }

    /**
     * Room to make an answer in, to be shrunk to the answer's size and closed when it is sent.
     *
     * @param caller as {@link dev.chandlery.registry.access.Caller#account} names it
     * @param size about as many bytes as the answer will have
     * @throws RefusedException 429 when there is none
     */
    public Room take(String caller, long size) {
        if (size < FROM_BYTES) {
            return Room.NOT_COUNTED;
        }
        return new Room(bytes.tryTake(caller, size * COPIES)
                .orElseThrow(() -> new RefusedException(ErrorCode.TOOMANYREQUESTS,
                        ErrorCode.TOOMANYREQUESTS.status(), "cannot answer: too many large answers"
                                + " are being sent; try again in 1 s",
                        HeaderFields.of("Retry-After", "1"))));
    }

    /** For one answer. */
    public static final class Room implements AutoCloseable {
        /** Of a small answer. */
        public static final Room NOT_COUNTED = new Room();

        private final Optional<SharedPermits.Permit> permit;

        private Room() {
            this.permit = Optional.empty();
        }

        private Room(SharedPermits.Permit permit) {
            this.permit = Optional.of(permit);
        }

        /** The answer is made, and has that many bytes. */
        public void made(long size) {
            permit.ifPresent(counted -> counted.shrink(size));
        }

        /** Nobody needs the answer any more. */
        @Override
        public void close() {
            permit.ifPresent(SharedPermits.Permit::close);
        }
    }
}
