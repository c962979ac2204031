package dev.chandlery.bench.copy.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A program that copies a whole stock from one registry to another. */
public interface CopyClient {
    /** One word, for tables. */
    String name();

    /** Name and version as the program itself tells, and its settings. */
    String version() throws InterruptedException;

    /** Why it cannot be measured on this machine; empty when it can. */
    Optional<String> missing() throws InterruptedException;

    /** What it is in comparisons. */
    Role role();

    /** Whether it copies what is attached, too. */
    default boolean copiesReferrers() {
        return true;
    }

    /**
     * Copies.
     *
     * @param folder for files that it needs; belongs to this copy alone
     * @param limit longest time
     * @throws IOException when it fails, or takes longer than the limit
     */
    ClientRun copy(CopyTask task, Path folder, Duration limit)
            throws IOException, InterruptedException;

    /** Groups of clients that are compared with each other. */
    enum Role {
        OURS, ONE_PROCESS, MANY_PROCESSES, FLOOR
    }
}
