package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.metadata.HeldManifest;
import dev.chandlery.registry.metadata.HeldManifests;
import dev.chandlery.registry.metadata.Member;
import dev.chandlery.registry.metadata.NamedBlob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The tables {@code manifest}, {@code tag} and {@code manifest_reference}, a repository at a time. */
record SqlCollectManifests(SqlDatabase database) implements HeldManifests {

    /** Times are read first: whatever is changed after that changes the time as well. */
    @Override
    public List<HeldManifest> of(RepositoryName repository) {
        return database.read(h -> {
            List<HeldManifest> bare = query(h, "SELECT m.digest, m.size, m.subject, s.touched_at"
                    + " FROM manifest m JOIN membership s ON s.repository = m.repository"
                    + " AND s.kind = 'MANIFEST' AND s.digest = m.digest"
                    + " WHERE m.repository = :repository ORDER BY m.digest", repository)
                    .map((row, _) -> {
                        String subject = row.getString("subject");
                        return new HeldManifest(Digest.parse(row.getString("digest")),
                                row.getLong("size"), subject == null ? null : Digest.parse(subject),
                                Instant.ofEpochMilli(row.getLong("touched_at")), new TreeMap<>(),
                                new TreeSet<>());
                    })
                    .list();
            Map<Digest, SortedMap<Tag, Instant>> tags = tags(h, repository);
            Map<Digest, SortedSet<Digest>> children = children(h, repository);
            return bare.stream()
                    .map(m -> new HeldManifest(m.digest(), m.size(), m.subject(), m.touched(), tags
                            .getOrDefault(m.digest(), new TreeMap<>()), children.getOrDefault(m
                                    .digest(), new TreeSet<>())))
                    .toList();
        });
    }

    private record TagRow(Digest manifest, Tag tag, Instant at) {}

    private static Map<Digest, SortedMap<Tag, Instant>> tags(Handle handle,
            RepositoryName repository) {
        Map<Digest, SortedMap<Tag, Instant>> tags = new HashMap<>();
        query(handle, "SELECT name, digest, recorded_at FROM tag WHERE repository = :repository",
                repository).map((row, _) -> new TagRow(Digest.parse(row.getString("digest")),
                        new Tag(row.getString("name")), Instant.ofEpochMilli(row.getLong(
                                "recorded_at"))))
                .forEach(row -> tags.computeIfAbsent(row.manifest(), _ -> new TreeMap<>())
                        .put(row.tag(), row.at()));
        return tags;
    }

    private static Map<Digest, SortedSet<Digest>> children(Handle handle,
            RepositoryName repository) {
        Map<Digest, SortedSet<Digest>> children = new HashMap<>();
        query(handle, "SELECT manifest, digest FROM manifest_reference"
                + " WHERE repository = :repository AND kind = 'MANIFEST'", repository)
                .map((row, _) -> Map.entry(Digest.parse(row.getString("manifest")), Digest.parse(row
                        .getString("digest"))))
                .forEach(row -> children.computeIfAbsent(row.getKey(), _ -> new TreeSet<>())
                        .add(row.getValue()));
        return children;
    }

    @Override
    public boolean remove(RepositoryName repository, List<HeldManifest> manifests) {
        Set<String> going = new HashSet<>();
        manifests.forEach(m -> going.add(m.digest().toString()));
        return database.write(h -> {
            database.dialect().lockRepository(h, repository);
            for (HeldManifest manifest : manifests) {
                if (!isUnchanged(h, repository, manifest)
                        || !going.containsAll(namers(h, repository, manifest))) {
                    return false;
                }
            }
            for (String table : List.of("tag", "manifest")) {
                manifests.forEach(m -> update(h, "DELETE FROM " + table
                        + " WHERE repository = :repository AND digest = :digest", repository, m)
                        .execute());
            }
            manifests.forEach(m -> update(h, "DELETE FROM membership"
                    + " WHERE repository = :repository AND kind = 'MANIFEST' AND digest = :digest",
                    repository, m).execute());
            return true;
        });
    }

    /** Locks the row of the membership too, where a database has such. */
    private static boolean isUnchanged(Handle handle, RepositoryName repository,
            HeldManifest manifest) {
        boolean untouched = update(handle, "UPDATE membership SET touched_at = touched_at"
                + " WHERE repository = :repository AND kind = 'MANIFEST' AND digest = :digest"
                + " AND touched_at = :touched", repository, manifest)
                .bind("touched", manifest.touched().toEpochMilli())
                .execute() > 0;
        return untouched && manifest.tags()
                .keySet()
                .equals(new TreeSet<>(names(handle,
                        "SELECT name FROM tag WHERE repository = :repository AND digest = :digest",
                        repository, manifest).stream().map(Tag::new).toList()));
    }

    private static List<String> namers(Handle handle, RepositoryName repository,
            HeldManifest manifest) {
        return names(handle, "SELECT manifest FROM manifest_reference"
                + " WHERE repository = :repository AND kind = 'MANIFEST' AND digest = :digest",
                repository, manifest);
    }

    @Override
    public List<NamedBlob> namedBlobs(RepositoryName repository) {
        String sql = "SELECT r.manifest, s.digest, s.size, s.touched_at FROM manifest_reference r"
                + " JOIN membership s ON s.repository = r.repository AND s.kind = r.kind"
                + " AND s.digest = r.digest WHERE r.repository = :repository AND r.kind = 'BLOB'"
                + " ORDER BY s.digest, r.manifest";
        return database.read(h -> new ArrayList<>(query(h, sql, repository)
                .map((row, _) -> new NamedBlob(new Member(repository, new NodeKey(Digest.parse(row
                        .getString("digest")), NodeKey.Kind.BLOB), row.getLong("size")), Digest
                                .parse(row.getString("manifest")), Instant.ofEpochMilli(row.getLong(
                                        "touched_at"))))
                .list()));
    }

    private static Query query(Handle handle, String sql, RepositoryName repository) {
        return handle.createQuery(sql).bind("repository", repository.value());
    }

    private static List<String> names(Handle handle, String sql, RepositoryName repository,
            HeldManifest manifest) {
        return query(handle, sql, repository).bind("digest", manifest.digest().toString())
                .mapTo(String.class)
                .list();
    }

    private static Update update(Handle handle, String sql, RepositoryName repository,
            HeldManifest manifest) {
        return handle.createUpdate(sql)
                .bind("repository", repository.value())
                .bind("digest", manifest.digest().toString());
    }
}
