package dev.chandlery.registry.collect;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.HeldManifest;

/** Who is told what becomes of each manifest that a policy is about, in order of repository. */
public interface RetentionListener {
    /** Nobody. */
    RetentionListener SILENT = new RetentionListener() {};

    /** Asked between transactions: whether to end now. */
    default boolean isStopped() {
        return false;
    }

    default void kept(RepositoryName repository, HeldManifest manifest, KeepReason reason) {}

    /** It went with all its tags; in a dry run, it would. */
    default void removed(RepositoryName repository, HeldManifest manifest) {}

    /** Nothing was decided, as a manifest of the repository cannot be read. */
    default void skipped(RepositoryName repository) {}
}
