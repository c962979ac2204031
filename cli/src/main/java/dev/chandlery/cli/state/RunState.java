package dev.chandlery.cli.state;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums over all runs that used a cache folder.
 *
 * @param counts by counter; a counter that is not there is 0
 * @param lastPublish when something was published last
 */
public record RunState(SortedMap<Counter, Long> counts, Optional<Instant> lastPublish) {
    /** Before the first run. */
    public static final RunState NONE = new RunState(new TreeMap<>(), Optional.empty());

    public RunState {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    public long count(Counter counter) {
        return counts.getOrDefault(counter, 0L);
    }

    /** These sums and those of one more run. */
    RunState plus(Map<Counter, Long> more, Optional<Instant> published) {
        Map<Counter, Long> sums = new EnumMap<>(Counter.class);
        sums.putAll(counts);
        more.forEach((counter, count) -> sums.merge(counter, count, Long::sum));
        return new RunState(new TreeMap<>(sums), published.or(() -> lastPublish));
    }
}
