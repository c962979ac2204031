package dev.chandlery.publisher.audit;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that a run decided about one item.
 *
 * @param kind what was decided
 * @param tool its name
 * @param version its number; empty when it did not come to that
 * @param details by name, such as {@code platform}, {@code digest}, {@code trust} and {@code reason}; no secrets
 */
public record Decision(Kind kind, String tool, String version, SortedMap<String, String> details) {

    /** What can be decided. */
    public enum Kind {
        /** A platform's manifest was pushed, with its evidence. */
        PUBLISHED,
        /** Something failed or was not believed; nothing of it is visible. */
        REFUSED,
        /** It was there and stays as it is. */
        KEPT,
        /** Upstream does not offer it. */
        MISSING,
        /** A tag names a manifest from now on. */
        MOVED_TAG
    }

    public Decision {
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }

    public static Decision of(Kind kind, String tool, String version,
            Map<String, String> details) {
        return new Decision(kind, tool, version, new TreeMap<>(details));
    }
}
