package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.GarbageRecords;
import dev.chandlery.registry.metadata.Member;
import dev.chandlery.registry.metadata.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Blob rows of the table {@code membership} that no row of {@code manifest_reference} names. */
record SqlCollectBlobs(SqlDatabase database) implements GarbageRecords {
    static final String UNNAMED = " NOT EXISTS (SELECT 1 FROM manifest_reference r"
            + " WHERE r.repository = membership.repository AND r.kind = 'BLOB'"
            + " AND r.digest = membership.digest)";
    private static final String ROW = " WHERE repository = :repository AND kind = 'BLOB'"
            + " AND digest = :digest AND touched_at < :before";

    @Override
    public SortedSet<RepositoryName> unindexed() {
        List<String> names = database.read(h -> h.createQuery(
                "SELECT DISTINCT repository FROM manifest WHERE indexed = 0")
                .mapTo(String.class)
                .list());
        SortedSet<RepositoryName> repositories = new TreeSet<>();
        names.forEach(name -> repositories.add(new RepositoryName(name)));
        return repositories;
    }

    @Override
    public List<RepositoryName> repositories(Page page) {
        return database.read(h -> h.createQuery(
                "SELECT name FROM repository WHERE name > :after ORDER BY name LIMIT :limit")
                .bind("after", page.after())
                .bind("limit", page.limit())
                .mapTo(String.class)
                .list()).stream().map(RepositoryName::new).toList();
    }

    /** The sum keeps SQLite from going by time and sorting all that is old for each page. */
    @Override
    public List<Member> unnamedBlobs(RepositoryName repository, Instant touchedBefore, Page page) {
        String sql = "SELECT repository, digest, size FROM membership"
                + " WHERE repository = :repository AND kind = 'BLOB' AND digest > :after"
                + " AND touched_at + 0 < :before AND" + UNNAMED + " ORDER BY digest LIMIT :limit";
        return database.read(h -> h.createQuery(sql)
                .bind("before", touchedBefore.toEpochMilli())
                .bind("repository", repository.value())
                .bind("after", page.after())
                .bind("limit", page.limit())
                .map(SqlCollectBlobs::member)
                .list());
    }

    @Override
    public List<Member> removeUnnamed(List<Member> blobs, Instant touchedBefore) {
        return database.write(h -> blobs.stream()
                .filter(blob -> lock(h, blob, touchedBefore))
                .filter(blob -> update(h, "DELETE FROM membership" + ROW + " AND" + UNNAMED, blob,
                        touchedBefore))
                .toList());
    }

    /**
     * Takes the row's lock, where a database has such: a push that names the blob has it until its
     * references are recorded, and the statement after this one sees them.
     */
    private static boolean lock(Handle handle, Member blob, Instant touchedBefore) {
        return update(handle, "UPDATE membership SET touched_at = touched_at" + ROW, blob,
                touchedBefore);
    }

    private static boolean update(Handle handle, String sql, Member blob, Instant touchedBefore) {
        return handle.createUpdate(sql)
                .bind("repository", blob.repository().value())
                .bind("digest", blob.digest().toString())
                .bind("before", touchedBefore.toEpochMilli())
                .execute() > 0;
    }

    @Override
    public int memberships(Digest digest) {
        return database.read(h -> h.createQuery(
                "SELECT COUNT(*) FROM membership WHERE digest = :digest")
                .bind("digest", digest.toString())
                .mapTo(Integer.class)
                .one());
    }

    private static Member member(ResultSet row, StatementContext context) throws SQLException {
        return new Member(new RepositoryName(row.getString("repository")), new NodeKey(Digest.parse(
                row.getString("digest")), NodeKey.Kind.BLOB), row.getLong("size"));
    }
}
