package dev.chandlery.registry.collect;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a registry collects.
 *
 * @param grace how long content stays that no manifest names, counted from when a push last brought it,
 *     named it or found it present: longer than any push takes
 * @param interval between two collections of a running registry
 * @param untaggedAfter age from which manifests go that have no tag, that no index names and that are not
 *     attached to one that stays; null never, as pulling by digest needs no tag
 */
public record CollectionSettings(Duration grace, Duration interval,
        @Nullable Duration untaggedAfter) {

    public static final CollectionSettings DEFAULTS = new CollectionSettings(Duration.ofHours(24),
            Duration.ofHours(1), null);

    public CollectionSettings {
        Objects.requireNonNull(grace);
        Objects.requireNonNull(interval);
        if (grace.isNegative() || !interval.isPositive()
                || (untaggedAfter != null && untaggedAfter.isNegative())) {
            throw new IllegalArgumentException("expected times from 0 on, and an interval above 0");
        }
    }

    /** Age from which a finding of content is worth recording, so that pushes can rely on it. */
    public Duration touchAfter() {
        return grace.dividedBy(4);
    }
}
