package dev.chandlery.bench.copy.delay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** One direction of a connection: one thread reads, another writes what is due. */
final class DelayedStream {
    private static final int PIECE_BYTES = 128 * 1024;
    /** Enough under way for a gigabyte a second at a hundred milliseconds. */
    private static final int PIECES = 800;
    /** What a limited line takes before it is due, as the buffers of a real one do. */
    private static final long AHEAD_NANOS = 20_000_000;
    private static final Piece END = new Piece(ByteBuffer.allocate(0), 0, true);

    private final SocketChannel from;
    private final SocketChannel to;
    private final Line line;
    private final long earliest;
    private final BlockingQueue<Piece> underWay = new LinkedBlockingQueue<>(PIECES);
    private final Queue<ByteBuffer> spare = new ConcurrentLinkedQueue<>();

    private record Piece(ByteBuffer bytes, long due, boolean last) {}

    DelayedStream(SocketChannel from, SocketChannel to, Line line, long earliest) {
        this.from = from;
        this.to = to;
        this.line = line;
        this.earliest = earliest;
    }

    /** Begins; the thread ends when all that came was passed on. */
    Thread start() {
        Thread.ofVirtual().start(this::read);
        return Thread.ofVirtual().start(this::write);
    }

    private void read() {
        try {
            boolean more = true;
            long free = earliest;
            while (more) {
                ByteBuffer recycled = spare.poll();
                ByteBuffer bytes = recycled == null
                        ? ByteBuffer.allocateDirect(PIECE_BYTES)
                        : recycled.clear();
                more = from.read(bytes) >= 0;
                long sent = Math.max(Math.max(System.nanoTime(), earliest), free) + line.busyNanos(
                        bytes.position());
                free = sent;
                underWay.put(new Piece(bytes.flip(), sent + line.delayNanos(), false));
                if (line.isLimited()) {
                    park(sent - AHEAD_NANOS);
                }
            }
        } catch (IOException _) {
            // ends as if the peer had said so
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        endLater();
    }

    private void endLater() {
        try {
            underWay.put(END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            for (Piece piece = underWay.take(); !piece.last; piece = underWay.take()) {
                park(piece.due);
                while (piece.bytes.hasRemaining()) {
                    to.write(piece.bytes);
                }
                spare.add(piece.bytes);
            }
            to.shutdownOutput();
        } catch (IOException _) {
            drain();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void park(long until) {
        for (long wait = until - System.nanoTime(); wait > 0; wait = until - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }

    /** The reader must not wait for room that nobody makes. */
    private void drain() {
        try {
            from.close();
            while (!underWay.take().last) {
                // dropped
            }
        } catch (IOException _) {
            // closed all the same
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
