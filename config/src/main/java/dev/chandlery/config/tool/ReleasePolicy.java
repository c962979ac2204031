package dev.chandlery.config.tool;

import dev.chandlery.config.PublishingSpec;
import dev.chandlery.config.source.PlatformName;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When a release is published, and which tags follow it.
 *
 * @param minimumReleaseAge younger releases wait; empty for what {@link PublishingSpec} says of all tools
 * @param incomplete what becomes of a release that lacks platforms
 * @param required platforms without which nothing of a release is published; empty for none in particular
 * @param floatingTags tags that follow releases
 */
public record ReleasePolicy(Optional<Duration> minimumReleaseAge, Incomplete incomplete,
        SortedSet<PlatformName> required, SortedSet<FloatingTag> floatingTags) {

    /** Nothing waits, nothing is required, no tag follows. */
    public static final ReleasePolicy NONE = new ReleasePolicy(Optional.empty(), Incomplete.PUBLISH,
            new TreeSet<>(), new TreeSet<>());

    public ReleasePolicy {
        if (minimumReleaseAge.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("negative release age");
        }
        required = Collections.unmodifiableSortedSet(new TreeSet<>(required));
        floatingTags = Collections.unmodifiableSortedSet(new TreeSet<>(floatingTags));
    }

    /** Of the platforms that a tool wants, those that keep a release from being published when they lack. */
    public List<PlatformName> needed(List<PlatformName> wanted) {
        if (!required.isEmpty()) {
            return List.copyOf(required);
        }
        return switch (incomplete) {
            case PUBLISH -> List.of();
            case WAIT -> List.copyOf(wanted);
        };
    }

    /** Whether a release with these platforms is as whole as the tool wants it. */
    public boolean isComplete(List<PlatformName> wanted, Collection<PlatformName> there) {
        return there.containsAll(required.isEmpty() ? wanted : List.copyOf(required));
    }
}
