package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Repairs of records. Each method is one transaction that looks again whether there is something to do. */
public interface RepairRecords {

    /**
     * Records anew what the bytes of a manifest say, its membership too; tags stay. Whether it did: not when
     * nothing says any more that the repository has it.
     */
    boolean rewrite(RepositoryName repository, ManifestPush manifest, Recorded recorded,
            Presence presence);

    /** Makes content a member, if that manifest, which names it, is one still; whether it was. */
    boolean add(Member member, Digest namer, Recorded recorded, Presence presence);

    /** Ends the membership of a blob without bytes that no manifest names; whether it did. */
    boolean endUnnamed(Member blob, BooleanSupplier isMissing);

    /** Takes a membership away that no record of a manifest belongs to; whether it did. */
    boolean endUnrecorded(RepositoryName repository, Digest manifest);

    /** Takes tags away that point at that digest, if there is no such manifest; gives them. */
    List<Tag> removeDangling(RepositoryName repository, Digest digest);
}
