package dev.chandlery.registry.s3;

import java.util.Arrays;
import java.util.concurrent.Semaphore;

/**
 * What came of an upload and is not in an object yet. It grows as far as memory set aside for all uploads
 * together permits, and is full then; used by one thread.
 */
final class S3Buffer implements AutoCloseable {
    /** Most bytes of one part of an upload: the service takes 10,000 of them, so 80 GiB. */
    static final int MAX_BYTES = 8 * 1024 * 1024;
    /** Every upload has that much. */
    private static final int MIN_BYTES = 128 * 1024;

    private final Semaphore budget;
    private byte[] bytes = new byte[0];
    private int size;

    /** @param budget permits are bytes */
    S3Buffer(Semaphore budget) {
        this.budget = budget;
    }

    int size() {
        return size;
    }

    /** The first {@link #size} bytes count. */
    byte[] bytes() {
        return bytes;
    }

    /** Takes some of it; 0 when full. */
    int add(byte[] source, int from, int length) {
        if (size == bytes.length) {
            grow(length);
        }
        int taken = Math.min(length, bytes.length - size);
        System.arraycopy(source, from, bytes, size, taken);
        size += taken;
        return taken;
    }

    private void grow(int wanted) {
        int capacity = Math.max(bytes.length * 2, Math.max(size + wanted, MIN_BYTES));
        capacity = Math.min(capacity, MAX_BYTES);
        int more = capacity - Math.max(bytes.length, MIN_BYTES);
        if (more <= 0 || budget.tryAcquire(more)) {
            bytes = Arrays.copyOf(bytes, capacity);
        } else if (bytes.length < MIN_BYTES) {
            bytes = Arrays.copyOf(bytes, MIN_BYTES);
        }
    }

    void clear() {
        size = 0;
    }

    /** Gives its memory back. */
    @Override
    public void close() {
        budget.release(Math.max(0, bytes.length - MIN_BYTES));
        bytes = new byte[0];
        size = 0;
    }
}
