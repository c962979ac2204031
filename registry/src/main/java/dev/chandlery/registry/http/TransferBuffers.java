package dev.chandlery.registry.http;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Direct buffers that wait for their next use: memory outside of the heap is slow to get, and given back only by
 * the garbage collector. More than are kept are made when that many transfers go on at once, and smaller ones
 * when there are very many: there is no more of that memory than there is heap.
 */
final class TransferBuffers {
    private static final int BYTES = 64 * 1024;
    private static final int SMALL_BYTES = 8 * 1024;
    private static final int KEPT = 64;
    private static final int MANY = 512;
    private static final ArrayBlockingQueue<ByteBuffer> FREE = new ArrayBlockingQueue<>(KEPT);
    private static final AtomicInteger TAKEN = new AtomicInteger();

    private TransferBuffers() {}

    /** An empty buffer; it is given back or dropped. */
    static ByteBuffer take() {
        if (TAKEN.incrementAndGet() > MANY) {
            return ByteBuffer.allocateDirect(SMALL_BYTES);
        }
        ByteBuffer free = FREE.poll();
        return free == null ? ByteBuffer.allocateDirect(BYTES) : free.clear();
    }

    /** For the next one; nobody may use it any more. */
    static void giveBack(ByteBuffer buffer) {
        TAKEN.decrementAndGet();
        if (buffer.capacity() == BYTES) {
            FREE.offer(buffer);
        }
    }

    /** After a failure: somebody may still read from it, so that nobody gets it. */
    static void drop() {
        TAKEN.decrementAndGet();
    }
}
