package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.registry.metadata.ManifestMembers;
import dev.chandlery.registry.metadata.ManifestPush;
import dev.chandlery.registry.metadata.ManifestRecord;
import dev.chandlery.registry.metadata.Page;
import dev.chandlery.registry.metadata.Presence;
import dev.chandlery.registry.metadata.PushOutcome;
import dev.chandlery.registry.metadata.Recorded;
import dev.chandlery.registry.metadata.ReferrerPage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The tables {@code manifest} and {@code tag}, and manifest rows of {@code membership}. */
record SqlManifestMembers(SqlDatabase database) implements ManifestMembers {
    static final String COLUMNS = "m.digest, m.media_type, m.size, m.artifact_type,"
            + " m.subject, m.annotations";

    @Override
    public Optional<ManifestRecord> find(RepositoryName repository, Identifier identifier) {
        String sql = switch (identifier) {
            case Digest _ -> "SELECT " + COLUMNS + " FROM manifest m"
                    + " WHERE m.repository = ? AND m.digest = ?";
            case Tag _ -> "SELECT " + COLUMNS + " FROM tag t JOIN manifest m"
                    + " ON m.repository = t.repository AND m.digest = t.digest"
                    + " WHERE t.repository = ? AND t.name = ?";
        };
        return database.read(h -> Rows.first(h, sql, SqlManifestMembers::record, repository.value(),
                identifier.toString()));
    }

    @Override
    public PushOutcome check(RepositoryName repository, ManifestPush push) {
        Recorded nobody = new Recorded(Instant.EPOCH, "");
        return database.read(h -> new ManifestTransaction(h, repository, nobody).check(push));
    }

    @Override
    public PushOutcome push(RepositoryName repository, ManifestPush push, Recorded recorded,
            Presence presence) {
        return database.record(push.manifest().digest(), presence, h -> new ManifestTransaction(h,
                repository, recorded).apply(push, database.dialect()));
    }

    @Override
    public boolean remove(RepositoryName repository, Digest digest) {
        return database.write(h -> {
            database.dialect().lockRepository(h, repository);
            for (String table : List.of("tag", "manifest")) {
                h.createUpdate("DELETE FROM " + table
                        + " WHERE repository = :repository AND digest = :digest")
                        .bind("repository", repository.value())
                        .bind("digest", digest.toString())
                        .execute();
            }
            return new MemberRow(repository, digest, "MANIFEST", 0).delete(h);
        });
    }

    @Override
    public ReferrerPage referrers(RepositoryName repository, Digest subject,
            @Nullable MediaType artifactType, Page page, LongConsumer room) {
        return new ReferrerQuery(repository, subject, artifactType).page(database, page, room);
    }

    static ManifestRecord record(ResultSet row) throws SQLException {
        String artifactType = row.getString("artifact_type");
        String subject = row.getString("subject");
        return new ManifestRecord(Digest.parse(row.getString("digest")),
                new MediaType(row.getString("media_type")), row.getLong("size"),
                artifactType == null ? null : new MediaType(artifactType),
                subject == null ? null : Digest.parse(subject), row.getString("annotations"));
    }
}
