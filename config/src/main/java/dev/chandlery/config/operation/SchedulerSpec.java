package dev.chandlery.config.operation;

import dev.chandlery.config.server.ServerStorageSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What runs by itself, and where that is written down.
 *
 * @param store of the history
 * @param zone that cron expressions are in
 * @param stopWithin how long a stop waits for jobs that run before it interrupts them
 * @param jobs all of them
 */
public record SchedulerSpec(Store store, ZoneId zone, Duration stopWithin,
        SortedMap<JobKind, JobSpec> jobs) {

    /**
     * Where runs and incidents are kept.
     *
     * @param folder of the SQLite file, and of locks; empty: {@code state} in the cache
     * @param database PostgreSQL, which several schedulers may share; empty: the SQLite file
     * @param historyDays after which runs and resolved incidents are forgotten
     */
    public record Store(Optional<Path> folder, Optional<ServerStorageSpec.Database> database,
            int historyDays) {}

    public SchedulerSpec {
        jobs = Collections.unmodifiableSortedMap(new TreeMap<>(jobs));
    }
}
