package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The records as a check reads them: those too that break rules which pushes keep. */
public interface CheckRecords {

    /** Names of all repositories that any record is about, in order of their bytes. */
    List<RepositoryName> repositories(Page page);

    /** What the repository has, with sizes in bytes. */
    List<Member> members(RepositoryName repository);

    /** Size in bytes of that content as a member now; empty when it is none. */
    Optional<Long> member(RepositoryName repository, NodeKey key);

    /** Digests of the manifests that are recorded. */
    List<Digest> manifests(RepositoryName repository);

    /** What is recorded of a manifest; empty when there is none now. */
    Optional<RecordedManifest> manifest(RepositoryName repository, Digest digest);

    /** Tags that point at no recorded manifest. */
    SortedMap<Tag, Digest> danglingTags(RepositoryName repository);

    /** Up to that many repositories that have the content, as a blob or as a manifest. */
    List<RepositoryName> holders(Digest digest, int limit);

    /** Up to that many manifests that name the blob. */
    List<Digest> namers(RepositoryName repository, Digest blob, int limit);
}
