package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

/** What nobody needs any more. Each method is one short transaction. */
public interface GarbageRecords {

    /** Repositories with a manifest of which is not recorded what it names: nothing there is collected. */
    SortedSet<RepositoryName> unindexed();

    /** Names of all repositories, those without manifests too, in order of their bytes. */
    List<RepositoryName> repositories(Page page);

    /**
     * Blobs of a repository that no manifest there names, in order of digest.
     *
     * @param touchedBefore only those that no push brought, named or found present since then
     */
    List<Member> unnamedBlobs(RepositoryName repository, Instant touchedBefore, Page page);

    /** Ends those memberships that are still of that kind now; gives those that it ended. */
    List<Member> removeUnnamed(List<Member> blobs, Instant touchedBefore);

    /** How many memberships the content has, in all repositories and of both kinds. */
    int memberships(Digest digest);
}
