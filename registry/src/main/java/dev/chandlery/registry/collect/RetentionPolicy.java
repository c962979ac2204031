package dev.chandlery.registry.collect;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.access.RepositoryPattern;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tagged manifests stay. One goes when it is not among the newest, is old enough and has no tag that
 * is kept; all its tags go with it. With one that stays, all that it names stays and all that is attached
 * to it.
 *
 * @param repositories that it is for
 * @param keepLast number of manifests that stay in each repository, by when one of their tags was last
 *     pushed; null when the number does not matter
 * @param keepTags what has such a tag stays
 * @param olderThan age from which manifests go, by the same time; null when the age does not matter
 */
public record RetentionPolicy(List<RepositoryPattern> repositories, @Nullable Integer keepLast,
        List<TagPattern> keepTags, @Nullable Duration olderThan) {

    public RetentionPolicy {
        repositories = List.copyOf(repositories);
        keepTags = List.copyOf(keepTags);
        if (keepLast == null && olderThan == null) {
            throw new IllegalArgumentException(
                    "expected how many manifests to keep, from which age they go, or both");
        }
        if ((keepLast != null && keepLast < 1) || (olderThan != null && olderThan.isNegative())) {
            throw new IllegalArgumentException(
                    "expected to keep at least 1 manifest, and an age from 0 on");
        }
    }

    boolean isFor(RepositoryName repository) {
        return repositories.stream().anyMatch(pattern -> pattern.matches(repository));
    }
}
