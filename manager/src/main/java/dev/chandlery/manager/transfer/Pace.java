package dev.chandlery.manager.transfer;

import dev.chandlery.cli.Sizes;
import dev.chandlery.oci.copy.CopyOutcome;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How far a copy is, in words.
 *
 * <p><b>Concurrency:</b> safe.
 */
final class Pace {
    private static final long MILLIS_PER_SECOND = 1000;
    private static final Duration LONG = Duration.ofMinutes(1);
    /** An outage fails everything at once. */
    private static final int MOST_TOLD = 50;

    private final int tags;
    private final LongSupplier nanoTime;
    private final long begin;
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /** @param nanoTime such as {@link System#nanoTime} */
    Pace(int tags, LongSupplier nanoTime) {
        this.tags = tags;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    void sent(long count) {
        bytes.add(count);
    }

    void ended(CopyOutcome outcome) {
        switch (outcome) {
            case CopyOutcome.Copied _,CopyOutcome.LeftOut _ -> done.increment();
            case CopyOutcome.NotCopied _ -> failed.increment();
        }
    }

    /** Whether the report is too far away for whoever wants to know of a failure. */
    boolean tellsFailures() {
        return elapsed().compareTo(LONG) >= 0 && failed.sum() <= MOST_TOLD;
    }

    /** Such as {@code 12 of 40 tags, 1 failed, 1.2 GiB sent}. */
    String reached() {
        return done.sum() + " of " + tags + " tags" + (failed.sum() > 0
                ? ", " + failed.sum() + " failed"
                : "") + (bytes.sum() > 0 ? ", " + Sizes.bytes(bytes.sum()) + " sent" : "");
    }

    /** As {@link #reached}, with the bytes of a second on average. */
    String words() {
        long millis = Math.max(1, elapsed().toMillis());
        long sent = bytes.sum();
        return sent == 0
                ? reached()
                : reached() + ", " + Sizes.bytes((long) (sent * (double) MILLIS_PER_SECOND
                        / millis)) + "/s";
    }

    private Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - begin);
    }
}
