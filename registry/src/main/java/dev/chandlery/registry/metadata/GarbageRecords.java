package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What nobody needs any more. Each method is one short transaction. */
public interface GarbageRecords {

    /** Repositories with a manifest of which is not recorded what it names: nothing there is collected. */
    SortedSet<RepositoryName> unindexed();

    /**
     * Blobs that no manifest of their repository names, in order of repository and digest.
     *
     * @param touchedBefore only those that no push brought, named or found present since then
     * @param after only what comes after this one; null to begin
     */
    List<Member> unnamedBlobs(Instant touchedBefore, @Nullable Member after, int limit);

    /** Ends those memberships that are still of that kind now; gives those that it ended. */
    List<Member> removeUnnamed(List<Member> blobs, Instant touchedBefore);

    /** How many memberships the content has, in all repositories and of both kinds. */
    int memberships(Digest digest);
}
