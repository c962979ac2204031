package dev.chandlery.registry.metadata;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import java.util.List;

/** The tags of repositories. */
public interface TagRecords {

    /** Tags in the order of their bytes. */
    List<Tag> list(RepositoryName repository, Page page);

    /** Takes the tag away, its manifest stays; whether there was one. */
    boolean remove(RepositoryName repository, Tag tag);
}
