package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one collection does.
 *
 * @param grace see {@link CollectionSettings#grace}
 * @param untaggedAfter see {@link CollectionSettings#untaggedAfter}
 * @param locked content that stays whatever else is asked for
 * @param dryRun to report only; nothing is changed
 */
public record CollectionRequest(Duration grace, @Nullable Duration untaggedAfter,
        SortedSet<Digest> locked, boolean dryRun) {
    /** Content of no repository stays that long at most: its push may be about to be recorded. */
    private static final Duration CONTENT_GRACE = Duration.ofHours(1);

    public CollectionRequest {
        locked = Collections.unmodifiableSortedSet(new TreeSet<>(locked));
    }

    public static CollectionRequest of(CollectionSettings settings) {
        return new CollectionRequest(settings.grace(), settings.untaggedAfter(), new TreeSet<>(),
                false);
    }

    public CollectionRequest withDryRun(boolean replaced) {
        return new CollectionRequest(grace, untaggedAfter, locked, replaced);
    }

    Duration contentGrace() {
        return grace.compareTo(CONTENT_GRACE) < 0 ? grace : CONTENT_GRACE;
    }
}
