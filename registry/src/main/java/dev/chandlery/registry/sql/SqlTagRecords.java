package dev.chandlery.registry.sql;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.metadata.Page;
import dev.chandlery.registry.metadata.TagRecords;
import java.util.List;
import org.jdbi.v3.core.Handle;

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
        return database.write(h -> {
            database.dialect().lockRepository(h, repository);
            long now = h.createQuery("SELECT " + database.dialect().now())
                    .mapTo(Long.class)
                    .one();
            touchPointedAt(h, repository, tag, now);
            return h.createUpdate(
                    "DELETE FROM tag WHERE repository = :repository AND name = :name")
                    .bind("repository", repository.value())
                    .bind("name", tag.value())
                    .execute();
        }) > 0;
    }

    /** What loses the tag may have no other one: how long it is without one counts from now. */
    static void touchPointedAt(Handle handle, RepositoryName repository, Tag tag, long now) {
        handle.createUpdate("UPDATE membership SET touched_at = :now"
                + " WHERE repository = :repository AND kind = 'MANIFEST' AND digest ="
                + " (SELECT digest FROM tag WHERE repository = :repository AND name = :name)")
                .bind("now", now)
                .bind("repository", repository.value())
                .bind("name", tag.value())
                .execute();
    }
}
