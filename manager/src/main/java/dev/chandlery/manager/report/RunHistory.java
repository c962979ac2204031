package dev.chandlery.manager.report;

import dev.chandlery.cli.registry.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** What runs by itself did and found. The scheduler knows; without one, nobody does. */
public interface RunHistory {

    /**
     * A run that ended or runs.
     *
     * @param job such as {@code publish}
     * @param result a word such as {@code done}, {@code failed} or {@code running}
     * @param took empty while it runs
     * @param message why it failed, or what it did; may be empty
     */
    record Run(String job, Instant started, String result, Optional<Duration> took,
            String message) {}

    /** When a job is due. */
    record Due(String job, Instant at) {}

    /**
     * Something that needs somebody's eyes.
     *
     * @param kind such as {@code drift}
     * @param what it is about, such as a tool, its version and platform
     * @param since when it was found
     * @param message what was expected, and what was there
     */
    record Incident(String kind, String what, Instant since, String message) {}

    /** Finds a history for a configuration, by {@link ServiceLoader}. */
    @FunctionalInterface
    interface Provider {
        /** Empty when there is none; reads only. */
        Optional<RunHistory> find(Session session);
    }

    /** The last runs, newest first. */
    List<Run> last(int most);

    /** When jobs are due next, soonest first. */
    List<Due> next();

    /** What nobody resolved yet, oldest first. */
    List<Incident> incidents();

    /** All histories that there are, as one. */
    static RunHistory of(Session session) {
        List<RunHistory> found = new ArrayList<>();
        for (Provider provider : ServiceLoader.load(Provider.class)) {
            provider.find(session).ifPresent(found::add);
        }
        return new Histories(found);
    }
}
