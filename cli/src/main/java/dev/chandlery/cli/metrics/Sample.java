package dev.chandlery.cli.metrics;

import java.time.Duration;
import java.time.Instant;

/** Something that happened, kept for a while so that targets can be compared with it. */
public sealed interface Sample {

    /** When it ended. */
    Instant at();

    /**
     * A health check of the primary registry.
     *
     * @param up whether it was well
     * @param response until its first answer
     */
    record Health(Instant at, boolean up, Duration response) implements Sample {}

    /**
     * A pull.
     *
     * @param done whether it succeeded
     * @param duration of all of it
     * @param hits blobs that the cache had
     * @param misses blobs that were fetched
     */
    record Pull(Instant at, boolean done, Duration duration, long hits, long misses)
            implements
            Sample {}
}
