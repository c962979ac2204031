package dev.chandlery.bench.copy.delay;

/**
 * What a network does to one direction of a connection.
 *
 * @param delayNanos that each byte takes
 * @param bytesPerSecond that pass at most
 */
record Line(long delayNanos, long bytesPerSecond) {
    private static final double NANOS_PER_SECOND = 1e9;

    boolean isLimited() {
        return bytesPerSecond < Long.MAX_VALUE;
    }

    /** How long the line is busy with so many bytes. */
    long busyNanos(int bytes) {
        return isLimited() ? (long) (bytes * NANOS_PER_SECOND / bytesPerSecond) : 0;
    }
}
