package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.metadata.CheckRecords;
import dev.chandlery.registry.metadata.ManifestRecord;
import dev.chandlery.registry.metadata.Member;
import dev.chandlery.registry.metadata.Page;
import dev.chandlery.registry.metadata.RecordedManifest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** All tables as they are; nothing is taken for granted that keys or pushes should see to. */
record SqlCollectChecks(SqlDatabase database) implements CheckRecords {

    @Override
    public List<RepositoryName> repositories(Page page) {
        String sql = "SELECT name FROM repository WHERE name > :after"
                + " UNION SELECT repository FROM membership WHERE repository > :after"
                + " UNION SELECT repository FROM manifest WHERE repository > :after"
                + " UNION SELECT repository FROM tag WHERE repository > :after"
                + " ORDER BY 1 LIMIT :limit";
        return database.read(h -> h.createQuery(sql)
                .bind("after", page.after())
                .bind("limit", page.limit())
                .mapTo(String.class)
                .list()).stream().map(RepositoryName::new).toList();
    }

    @Override
    public List<Member> members(RepositoryName repository) {
        return database.read(h -> query(h, "SELECT kind, digest, size FROM membership"
                + " WHERE repository = :repository ORDER BY kind, digest", repository)
                .map((row, _) -> new Member(repository, key(row), row.getLong("size")))
                .list());
    }

    @Override
    public Optional<Long> member(RepositoryName repository, NodeKey key) {
        OptionalLong size = database.read(h -> MemberRow.findSize(h, repository, key));
        return size.isPresent() ? Optional.of(size.getAsLong()) : Optional.empty();
    }

    @Override
    public List<Digest> manifests(RepositoryName repository) {
        return database.read(h -> query(h,
                "SELECT digest FROM manifest WHERE repository = :repository ORDER BY digest",
                repository).mapTo(String.class).list()).stream().map(Digest::parse).toList();
    }

    @Override
    public Optional<RecordedManifest> manifest(RepositoryName repository, Digest digest) {
        return database.read(h -> {
            Set<NodeKey> named = query(h, "SELECT kind, digest FROM manifest_reference"
                    + " WHERE repository = :repository AND manifest = :digest", repository)
                    .bind("digest", digest.toString())
                    .map((row, _) -> key(row))
                    .set();
            return query(h, "SELECT digest, media_type, size, artifact_type, subject, annotations,"
                    + " indexed FROM manifest m"
                    + " WHERE repository = :repository AND digest = :digest", repository)
                    .bind("digest", digest.toString())
                    .map((row, _) -> recorded(SqlManifestMembers.record(row), row
                            .getInt("indexed") != 0, named))
                    .findOne();
        });
    }

    private static RecordedManifest recorded(ManifestRecord manifest, boolean indexed,
            Set<NodeKey> named) {
        return new RecordedManifest(manifest, indexed, named);
    }

    @Override
    public SortedMap<Tag, Digest> danglingTags(RepositoryName repository) {
        SortedMap<Tag, Digest> tags = new TreeMap<>();
        database.read(h -> query(h, "SELECT name, digest FROM tag t WHERE repository = :repository"
                + " AND NOT EXISTS (SELECT 1 FROM manifest m"
                + " WHERE m.repository = t.repository AND m.digest = t.digest)", repository)
                .map((row, _) -> tags.put(new Tag(row.getString("name")), Digest.parse(row
                        .getString("digest"))) == null)
                .list());
        return tags;
    }

    @Override
    public List<RepositoryName> holders(Digest digest, int limit) {
        return database.read(h -> h.createQuery("SELECT DISTINCT repository FROM membership"
                + " WHERE digest = :digest ORDER BY repository LIMIT :limit")
                .bind("digest", digest.toString())
                .bind("limit", limit)
                .mapTo(String.class)
                .list()).stream().map(RepositoryName::new).toList();
    }

    @Override
    public List<Digest> namers(RepositoryName repository, Digest blob, int limit) {
        return database.read(h -> query(h, "SELECT manifest FROM manifest_reference"
                + " WHERE repository = :repository AND kind = 'BLOB' AND digest = :digest"
                + " ORDER BY manifest LIMIT :limit", repository).bind("digest", blob.toString())
                .bind("limit", limit)
                .mapTo(String.class)
                .list()).stream().map(Digest::parse).toList();
    }

    private static NodeKey key(ResultSet row) throws SQLException {
        return new NodeKey(Digest.parse(row.getString("digest")), NodeKey.Kind.valueOf(row
                .getString("kind")));
    }

    private static Query query(Handle handle, String sql, RepositoryName repository) {
        return handle.createQuery(sql).bind("repository", repository.value());
    }
}
