package dev.chandlery.config.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a server removes, and how much it keeps.
 *
 * @param quotas the first that matches a repository counts
 * @param collection of content that nothing names
 * @param retention of what has tags, applied after each collection; the first that matches counts
 */
public record ServerUpkeepSpec(List<Quota> quotas, Collection collection,
        List<Retention> retention) {

    /**
     * How much each of some repositories may hold.
     *
     * @param repositories glob: {@code *} is any text within a component, {@code **} across them
     * @param maxBytes above which pushes are refused
     */
    public record Quota(String repositories, long maxBytes) {}

    /**
     * Removal of content that nothing names.
     *
     * @param enabled whether the running server collects
     * @param interval between two collections
     * @param grace how long content stays that nothing names, longer than any push takes
     * @param untaggedAfter age from which manifests without tag go; empty: never
     * @param locked files of which all digests stay
     */
    public record Collection(boolean enabled, Duration interval, Duration grace,
            Optional<Duration> untaggedAfter, List<Path> locked) {
        public Collection {
            locked = List.copyOf(locked);
        }
    }

    /**
     * Which tagged manifests stay. One goes with its tags when none of the three keeps it; at least one of
     * {@code keepLast} and {@code olderThan} is there.
     *
     * @param repositories glob: {@code *} is any text within a component, {@code **} across them
     * @param keepLast how many of the newest stay
     * @param keepTags globs: what has such a tag stays
     * @param olderThan age below which all stay
     */
    public record Retention(String repositories, Optional<Integer> keepLast,
            List<String> keepTags, Optional<Duration> olderThan) {
        public Retention {
            keepTags = List.copyOf(keepTags);
        }
    }

    public ServerUpkeepSpec {
        quotas = List.copyOf(quotas);
        retention = List.copyOf(retention);
    }
}
