package dev.chandlery.registry.collect;

import dev.chandlery.oci.OperationCancelledException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Bounds how many bytes are read in a second, so that clients of the same disk hardly notice. */
public final class Pace {
    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    /** Waits. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    private final long bytesPerSecond;
    private final LongSupplier nanos;
    private final Sleeper sleeper;
    private final long begun;
    private long moved;

    Pace(long bytesPerSecond, LongSupplier nanos, Sleeper sleeper) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanos = nanos;
        this.sleeper = sleeper;
        this.begun = nanos.getAsLong();
    }

    /** A pace that begins now; 0 for as fast as it goes. */
    public static Pace of(long bytesPerSecond) {
        return new Pace(bytesPerSecond, System::nanoTime, Thread::sleep);
    }

    /** Waits if that was too fast. */
    void moved(int bytes) {
        if (bytesPerSecond <= 0) {
            return;
        }
        moved += bytes;
        double due = (double) moved / bytesPerSecond * NANOS_PER_SECOND;
        long early = (long) due - (nanos.getAsLong() - begun);
        if (early > 0) {
            try {
                sleeper.sleep(Duration.ofNanos(early));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new OperationCancelledException("cannot go on: interrupted");
            }
        }
    }
}
