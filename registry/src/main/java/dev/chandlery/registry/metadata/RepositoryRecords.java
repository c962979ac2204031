package dev.chandlery.registry.metadata;

import dev.chandlery.oci.RepositoryName;
import java.util.List;

/** The repositories that something was ever pushed to. */
public interface RepositoryRecords {

    boolean exists(RepositoryName repository);

    /** Size of all that the repository holds, each blob and manifest once. */
    long bytes(RepositoryName repository);

    /** Names of repositories that hold a manifest, in the order of their bytes. */
    List<RepositoryName> list(Page page);

    /** The same of all, those too to which only blobs were pushed as yet. */
    List<RepositoryName> names(Page page);
}
