package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.RepositoryName;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Which manifests are members of which repository, and what points at what. */
public interface ManifestMembers {

    /** The manifest that the tag or digest names in that repository, empty when it has none. */
    Optional<ManifestRecord> find(RepositoryName repository, Identifier identifier);

    /** What {@link #push} would say now; nothing is recorded. */
    PushOutcome check(RepositoryName repository, ManifestPush push);

    /**
     * Makes the manifest a member and moves its tags, if all that it needs is there.
     *
     * @param presence of the manifest's own bytes
     */
    PushOutcome push(RepositoryName repository, ManifestPush push, Recorded recorded,
            Presence presence);

    /** Ends the membership and takes away all tags that point at it; whether there was one. */
    boolean remove(RepositoryName repository, Digest digest);

    /**
     * Manifests attached to that subject, in order of digest; fewer than the page asks for when their
     * annotations are large.
     *
     * @param artifactType only of that type; null for all
     * @param page where to go on
     * @param room told how many bytes the page's annotations have, before they are read; what it throws is
     *     thrown
     */
    ReferrerPage referrers(RepositoryName repository, Digest subject,
            @Nullable MediaType artifactType, Page page, LongConsumer room);
}
