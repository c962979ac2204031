package dev.chandlery.oci.client;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Remembers which lists of referrers were written under fallback tags, and what must be in them. Another client
 * that had read a list before it was written here may still overwrite it; so each is looked at once more when
 * such a client must be through, which is judged by how long a change takes here.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class WrittenLists {
    private static final long LEAST_NANOS = Duration.ofMillis(250).toNanos();
    private static final long MOST_NANOS = Duration.ofSeconds(5).toNanos();

    /** How much longer than the longest change of ours that of another may take. */
    private static final int FACTOR = 2;

    /** A list, by the subject of what is listed. */
    record Key(RepositoryName repository, Digest subject) {}

    /**
     * What was written.
     *
     * @param index digest of the list as it was written last
     * @param entries that must be listed
     * @param atNanos when it was there, by the clock of {@link System#nanoTime}
     */
    record Written(Digest index, Map<Digest, Descriptor> entries, long atNanos) {}

    private final ConcurrentMap<Key, Written> lists = new ConcurrentHashMap<>();
    private final AtomicLong longest = new AtomicLong();
    private final RandomGenerator random = RandomGenerator.getDefault();

    /**
     * Notes a change that is there now.
     *
     * @param beganNanos when the list was read that it was made from
     */
    void wrote(Key key, Digest index, Collection<Descriptor> entries, long beganNanos) {
        long now = System.nanoTime();
        longest.accumulateAndGet(now - beganNanos, Math::max);
        lists.merge(key, written(index, entries, now), (before, added) -> {
            Map<Digest, Descriptor> all = new TreeMap<>(before.entries);
            all.putAll(added.entries);
            return new Written(added.index, all, added.atNanos);
        });
    }

    private static Written written(Digest index, Collection<Descriptor> entries, long now) {
        Map<Digest, Descriptor> all = new TreeMap<>();
        entries.forEach(entry -> all.put(entry.digest(), entry));
        return new Written(index, all, now);
    }

    /** What was written and not looked at since. */
    Optional<Written> find(Key key) {
        return Optional.ofNullable(lists.get(key));
    }

    /** Subjects of all lists in a repository that were written and not looked at since. */
    List<Digest> subjects(RepositoryName repository) {
        return lists.keySet()
                .stream()
                .filter(key -> key.repository.equals(repository))
                .map(Key::subject)
                .sorted()
                .toList();
    }

    /** How long to wait until no older change of another client can come any more. */
    Duration untilSettled(Written written) {
        long patience = Math.clamp(FACTOR * longest.get(), LEAST_NANOS, MOST_NANOS);
        long left = patience - (System.nanoTime() - written.atNanos);
        return left <= 0
                ? Duration.ZERO
                : Duration.ofNanos(left + random.nextLong(patience / 4 + 1));
    }

    /** Forgets it, unless it was written again. */
    void settled(Key key, Written seen) {
        lists.remove(key, seen);
    }

    /** No longer asks for that entry. */
    void removed(Key key, Digest entry) {
        lists.computeIfPresent(key, (_, written) -> {
            Map<Digest, Descriptor> rest = new TreeMap<>(written.entries);
            rest.remove(entry);
            return rest.isEmpty() ? null : new Written(written.index, rest, written.atNanos);
        });
    }
}
