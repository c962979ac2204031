package dev.chandlery.registry.collect;

import dev.chandlery.oci.Digest;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one run of retention does.
 *
 * @param policies the first one that is for a repository counts there; without one, all stays
 * @param locked content that stays whatever the policies say, and what names it
 * @param dryRun to report only; nothing is changed
 */
public record RetentionRequest(List<RetentionPolicy> policies, SortedSet<Digest> locked,
        boolean dryRun) {

    public RetentionRequest {
        policies = List.copyOf(policies);
        locked = Collections.unmodifiableSortedSet(new TreeSet<>(locked));
    }
}
