package dev.chandlery.registry.sql;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.metadata.Page;
import dev.chandlery.registry.metadata.TagRecords;
import java.util.List;

/** The table {@code tag}. */
record SqlTagRecords(SqlDatabase database) implements TagRecords {

    @Override
    public List<Tag> list(RepositoryName repository, Page page) {
        String sql = "SELECT name FROM tag WHERE repository = :repository AND name > :after"
                + " ORDER BY name LIMIT :limit";
        return database.read(h -> h.createQuery(sql)
                .bind("repository", repository.value())
                .bind("after", page.after())
                .bind("limit", page.limit())
                .mapTo(String.class)
                .list()).stream().map(Tag::new).toList();
    }

    @Override
    public boolean remove(RepositoryName repository, Tag tag) {
        String sql = "DELETE FROM tag WHERE repository = :repository AND name = :name";
        return database.write(h -> h.createUpdate(sql)
                .bind("repository", repository.value())
                .bind("name", tag.value())
                .execute()) > 0;
    }
}
