package dev.chandlery.registry.collect;

import dev.chandlery.oci.RepositoryName;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a collection took away, or would take.
 *
 * @param versions manifests with tags, by retention
 * @param uploads that nobody finished
 * @param manifests without tag that nothing needs
 * @param blobs memberships that ended: content that a repository no longer has
 * @param content what storage no longer holds, because no repository has it
 * @param skipped repositories in which nothing was collected, because a manifest there cannot be read
 */
public record CollectionReport(Tally versions, Tally uploads, Tally manifests, Tally blobs,
        Tally content, SortedSet<RepositoryName> skipped) {

    public CollectionReport {
        skipped = Collections.unmodifiableSortedSet(new TreeSet<>(skipped));
    }

    CollectionReport withVersions(Tally replaced) {
        return new CollectionReport(replaced, uploads, manifests, blobs, content, skipped);
    }
}
