package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.BlobMembers;
import dev.chandlery.registry.metadata.NameRange;
import dev.chandlery.registry.metadata.Presence;
import dev.chandlery.registry.metadata.Recorded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.Query;

/** Blob rows of the table {@code membership}. */
record SqlBlobMembers(SqlDatabase database) implements BlobMembers {
    /** SQLite joins at most 500 questions; rules and scopes are few. */
    private static final int MAX_RANGES = 400;

    @Override
    public OptionalLong find(RepositoryName repository, Digest digest) {
        NodeKey key = new NodeKey(digest, NodeKey.Kind.BLOB);
        return database.read(h -> MemberRow.findSize(h, repository, key));
    }

    @Override
    public OptionalLong use(RepositoryName repository, Digest digest, Instant touchedBefore,
            Instant now) {
        Optional<Used> used = database.read(h -> h.createQuery("SELECT size, touched_at"
                + " FROM membership WHERE repository = :repository AND kind = 'BLOB'"
                + " AND digest = :digest")
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .map((row, _) -> new Used(row.getLong("size"), Instant.ofEpochMilli(row.getLong(
                        "touched_at"))))
                .findOne());
        if (used.filter(blob -> blob.touched().isBefore(touchedBefore)).isEmpty()) {
            return used.map(Used::size).map(OptionalLong::of).orElseGet(OptionalLong::empty);
        }
        return touch(repository, digest, now)
                ? OptionalLong.of(used.get().size())
                : OptionalLong.empty();
    }

    private record Used(long size, Instant touched) {}

    /** Whether it is there still. */
    private boolean touch(RepositoryName repository, Digest digest, Instant now) {
        return database.writeSoon(h -> h.createUpdate("UPDATE membership SET touched_at = :now"
                + " WHERE repository = :repository AND kind = 'BLOB' AND digest = :digest")
                .bind("now", now.toEpochMilli())
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .execute()) > 0;
    }

    @Override
    public boolean mount(RepositoryName from, RepositoryName to, Digest digest,
            Recorded recorded) {
        // A member's bytes are there, and stay while it is one: with the digest locked, so does its copy.
        Presence held = () -> {};
        return database.record(digest, held, h -> {
            OptionalLong size = MemberRow.findSize(h, from, new NodeKey(digest,
                    NodeKey.Kind.BLOB));
            size.ifPresent(bytes -> new MemberRow(to, digest, "BLOB", bytes).insert(h, recorded));
            return size.isPresent();
        });
    }

    @Override
    public boolean remove(RepositoryName repository, Digest digest) {
        return database.write(h -> new MemberRow(repository, digest, "BLOB", 0).delete(h));
    }

    /** One search of the index for each range: a search for the digest alone would pass all who have it. */
    @Override
    public List<RepositoryName> holders(Digest digest, List<NameRange> among, int limit) {
        if (among.isEmpty()) {
            return List.of();
        }
        String sql = IntStream.range(0, Math.min(among.size(), MAX_RANGES))
                .mapToObj(i -> "SELECT repository FROM membership WHERE digest = :digest"
                        + " AND kind = 'BLOB' AND repository >= :from" + i
                        + " AND repository < :to" + i)
                .collect(Collectors.joining(" UNION ALL ")) + " LIMIT :limit";
        return database.read(h -> {
            Query query = h.createQuery(sql)
                    .bind("digest", digest.toString())
                    .bind("limit", limit);
            for (int i = 0; i < Math.min(among.size(), MAX_RANGES); i++) {
                query.bind("from" + i, among.get(i).from()).bind("to" + i, among.get(i).to());
            }
            return query.mapTo(String.class).list();
        }).stream().map(RepositoryName::new).toList();
    }
}
