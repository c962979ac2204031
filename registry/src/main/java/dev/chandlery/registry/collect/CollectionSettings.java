package dev.chandlery.registry.collect;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a running registry looks after its storage.
 *
 * @param grace how long content stays that no manifest names, counted from when a push last brought it,
 *     named it or found it present: longer than any push takes
 * @param interval between two rounds; null for none at all
 * @param untaggedAfter age from which manifests go that have no tag, that no index names and that are not
 *     attached to one that stays; null never, as pulling by digest needs no tag
 * @param retention what is done about manifests with tags; the first policy that is for a repository
 *     counts there
 * @param lockFiles texts of which all digests stay; nothing is taken away while one cannot be read
 */
public record CollectionSettings(Duration grace, @Nullable Duration interval,
        @Nullable Duration untaggedAfter, List<RetentionPolicy> retention, List<Path> lockFiles) {

    public static final CollectionSettings DEFAULTS = new CollectionSettings(Duration.ofHours(24),
            Duration.ofHours(1), null, List.of(), List.of());

    public CollectionSettings {
        Objects.requireNonNull(grace);
        retention = List.copyOf(retention);
        lockFiles = List.copyOf(lockFiles);
        if (grace.isNegative() || (interval != null && !interval.isPositive())
                || (untaggedAfter != null && untaggedAfter.isNegative())) {
            throw new IllegalArgumentException("expected times from 0 on, and an interval above 0");
        }
    }

    public CollectionSettings withGrace(Duration replaced) {
        return new CollectionSettings(replaced, interval, untaggedAfter, retention, lockFiles);
    }

    public CollectionSettings withInterval(@Nullable Duration replaced) {
        return new CollectionSettings(grace, replaced, untaggedAfter, retention, lockFiles);
    }

    public CollectionSettings withUntaggedAfter(@Nullable Duration replaced) {
        return new CollectionSettings(grace, interval, replaced, retention, lockFiles);
    }

    public CollectionSettings withRetention(List<RetentionPolicy> replaced) {
        return new CollectionSettings(grace, interval, untaggedAfter, replaced, lockFiles);
    }

    public CollectionSettings withLockFiles(List<Path> replaced) {
        return new CollectionSettings(grace, interval, untaggedAfter, retention, replaced);
    }

    /** Age from which a finding of content is worth recording, so that pushes can rely on it. */
    public Duration touchAfter() {
        return grace.dividedBy(4);
    }
}
