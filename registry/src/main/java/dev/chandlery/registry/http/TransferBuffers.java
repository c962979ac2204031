package dev.chandlery.registry.http;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Direct buffers that wait for their next use: memory outside of the heap is slow to get, and given back only by
 * the garbage collector. More than are kept are made when that many transfers go on at once. After a failure a
 * buffer is not given back, as somebody may still read from it.
 */
final class TransferBuffers {
    private static final int BYTES = 64 * 1024;
    private static final int KEPT = 64;
    private static final ArrayBlockingQueue<ByteBuffer> FREE = new ArrayBlockingQueue<>(KEPT);

    private TransferBuffers() {}

    /** An empty buffer. */
    static ByteBuffer take() {
        ByteBuffer free = FREE.poll();
        return free == null ? ByteBuffer.allocateDirect(BYTES) : free.clear();
    }

    /** For the next one; nobody may use it any more. */
    static void giveBack(ByteBuffer buffer) {
        FREE.offer(buffer);
    }
}
