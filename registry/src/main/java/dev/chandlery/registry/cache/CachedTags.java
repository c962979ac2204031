package dev.chandlery.registry.cache;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.metadata.Page;
import dev.chandlery.registry.metadata.TagRecords;
import java.util.List;

/** Tells {@link CachedManifests} of tags that are taken away. */
record CachedTags(TagRecords tags, Generations generations) implements TagRecords {

    @Override
    public List<Tag> list(RepositoryName repository, Page page) {
        return tags.list(repository, page);
    }

    @Override
    public boolean remove(RepositoryName repository, Tag tag) {
        return generations.change(repository, () -> tags.remove(repository, tag));
    }
}
