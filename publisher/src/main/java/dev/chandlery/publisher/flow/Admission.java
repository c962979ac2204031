package dev.chandlery.publisher.flow;

import dev.chandlery.oci.OperationCancelledException;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;

/**
 * Says who is under way next. The largest go first, so that no long one is left for the end, when nothing runs
 * beside it; but each fourth is the smallest of all, so that there is something to pack while large ones are
 * downloaded. Nobody goes before all have come. There are as many as there is room for on the disk.
 *
 * <p><b>Concurrency:</b> {@code this} guards the queue and the counts.
 */
final class Admission {
    private static final int SMALL_ONE_IN = 4;
    /** What is not known may be large. */
    private static final long UNKNOWN_BYTES = 64L * 1024 * 1024;
    private static final Comparator<Ticket> ORDER = Comparator.comparingLong(Ticket::size)
            .reversed()
            .thenComparingInt(Ticket::number);

    private final TreeSet<Ticket> waiting = new TreeSet<>(ORDER);
    private final int least;
    private final long room;
    private int missing;
    private int numbers;
    private int admitted;
    private int inside;
    private long insideBytes;

    private record Ticket(long size, int number, CountDownLatch turn) {
        long bytes() {
            return size == Long.MAX_VALUE ? UNKNOWN_BYTES : size;
        }
    }

    /**
     * @param least how many may be inside however large they are, at least 1
     * @param room bytes of those inside, when they are more
     * @param all how many are going to come
     */
    Admission(int least, long room, int all) {
        this.least = least;
        this.room = room;
        this.missing = all;
    }

    /**
     * Waits for its turn.
     *
     * @param size in bytes
     * @return to be closed at the end
     * @throws OperationCancelledException when this thread is interrupted meanwhile
     */
    Place enter(OptionalLong size) {
        Ticket ticket = arrive(size.orElse(Long.MAX_VALUE));
        try {
            ticket.turn.await();
        } catch (InterruptedException _) {
            giveUp(ticket);
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot go on: interrupted");
        }
        return () -> leave(ticket);
    }

    /** Of who is inside. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** How many are. */
    synchronized int inside() {
        return inside;
    }

    private synchronized void leave(Ticket ticket) {
        inside--;
        insideBytes -= ticket.bytes();
        admit();
    }

    private synchronized Ticket arrive(long size) {
        Ticket ticket = new Ticket(size, numbers++, new CountDownLatch(1));
        waiting.add(ticket);
        missing--;
        admit();
        return ticket;
    }

    private synchronized void giveUp(Ticket ticket) {
        if (!waiting.remove(ticket)) {
            leave(ticket);
        }
    }

    private synchronized void admit() {
        while (missing <= 0 && !waiting.isEmpty()) {
            Ticket next = (admitted + 1) % SMALL_ONE_IN == 0 ? waiting.last() : waiting.first();
            if (inside >= least && insideBytes + next.bytes() > room) {
                return;
            }
            waiting.remove(next);
            admitted++;
            inside++;
            insideBytes += next.bytes();
            next.turn.countDown();
        }
    }
}
