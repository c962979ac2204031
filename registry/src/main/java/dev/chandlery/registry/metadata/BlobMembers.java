package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Which blobs are members of which repository; asked before any blob is served, headed or mounted. */
public interface BlobMembers {

    /** Size in bytes of the blob, empty when it is no member of that repository. */
    OptionalLong find(RepositoryName repository, Digest digest);

    /**
     * As {@link #find}, and keeps collections from it for a while, as the asker may be about to push a
     * manifest that names it.
     *
     * @param touchedBefore nothing is recorded when it was touched since then
     */
    OptionalLong use(RepositoryName repository, Digest digest, Instant touchedBefore, Instant now);

    /**
     * Makes the blob a member of another repository too, if it is one of the first now, in one
     * transaction; whether it was.
     */
    boolean mount(RepositoryName from, RepositoryName to, Digest digest, Recorded recorded);

    /** Ends the membership; whether there was one. */
    boolean remove(RepositoryName repository, Digest digest);

    /** Which repositories in those ranges the blob is a member of, at most so many; others are not looked at. */
    List<RepositoryName> holders(Digest digest, List<NameRange> among,
            int limit);
}
