package dev.chandlery.registry.metadata;

import dev.chandlery.oci.RepositoryName;
import java.util.List;

/** The repositories that something was ever pushed to. */
public interface RepositoryRecords {

    boolean exists(RepositoryName repository);

    /** Size of all that the repository holds, each blob and manifest once. */
    long bytes(RepositoryName repository);

    /** Names of repositories that hold a manifest, in the order of their bytes; others are not looked at. */
    List<RepositoryName> list(NameRange among, Page page);

    /** The same of all repositories. */
    default List<RepositoryName> list(Page page) {
        return list(NameRange.ALL, page);
    }
}
