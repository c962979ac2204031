package dev.chandlery.registry.metadata;

import dev.chandlery.oci.RepositoryName;
import java.util.List;

/** Manifests, as collections take them away. */
public interface HeldManifests {

    /** All of a repository, in order of digest; a few hundred bytes of memory each. */
    List<HeldManifest> of(RepositoryName repository);

    /**
     * Takes manifests away with their tags, all or none: none when one of them was touched, tagged or
     * untagged since it was looked at, or when another manifest than these names it.
     */
    boolean remove(RepositoryName repository, List<HeldManifest> manifests);

    /** Blobs of the repository that manifests name, each with who names it. */
    List<NamedBlob> namedBlobs(RepositoryName repository);
}
