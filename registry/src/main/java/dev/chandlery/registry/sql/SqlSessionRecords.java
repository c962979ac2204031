package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.registry.metadata.ChunkRecords;
import dev.chandlery.registry.metadata.Presence;
import dev.chandlery.registry.metadata.Recorded;
import dev.chandlery.registry.metadata.Requirement;
import dev.chandlery.registry.metadata.SessionLeases;
import dev.chandlery.registry.metadata.SessionRecord;
import dev.chandlery.registry.metadata.SessionRecords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code upload_session}. */
record SqlSessionRecords(SqlDatabase database) implements SessionRecords {
    private static final String COLUMNS = "SELECT id, repository, opened_by, touched_at"
            + " FROM upload_session";

    @Override
    public boolean create(SessionRecord session, int maxSessions, int maxOfOpener) {
        return database.writeSoon(h -> {
            // Nodes that count at the same time may go over it by a few.
            int open = h.createQuery("SELECT COUNT(*) FROM upload_session")
                    .mapTo(Integer.class)
                    .one();
            int own = h.createQuery("SELECT COUNT(*) FROM upload_session"
                    + " WHERE opened_by = :opener")
                    .bind("opener", session.opener())
                    .mapTo(Integer.class)
                    .one();
            if (open >= maxSessions || own >= maxOfOpener) {
                return false;
            }
            return h.createUpdate("INSERT INTO upload_session"
                    + " (id, repository, opened_by, touched_at)"
                    + " VALUES (:id, :repository, :opener, :at)")
                    .bind("id", session.id())
                    .bind("repository", session.repository().value())
                    .bind("opener", session.opener())
                    .bind("at", session.touched().toEpochMilli())
                    .execute() > 0;
        });
    }

    @Override
    public Optional<SessionRecord> find(String id) {
        return database.read(h -> h.createQuery(
                COLUMNS + " WHERE id = :id")
                .bind("id", id)
                .map(SqlSessionRecords::record)
                .findOne());
    }

    @Override
    public void touch(String id, Instant at) {
        database.writeSoon(h -> h.createUpdate(
                "UPDATE upload_session SET touched_at = :at WHERE id = :id")
                .bind("at", at.toEpochMilli())
                .bind("id", id)
                .execute());
    }

    @Override
    public void finish(SessionRecord session, Requirement content, Recorded recorded,
            Presence presence) {
        Digest digest = content.key().digest();
        database.record(digest, presence, h -> {
            new MemberRow(session.repository(), digest, "BLOB", content.size()).insert(h, recorded);
            return delete(h, session.id());
        });
    }

    @Override
    public void remove(String id) {
        database.write(h -> delete(h, id));
    }

    @Override
    public boolean expire(String id, Instant touchedBefore) {
        return database.write(h -> h.createUpdate("DELETE FROM upload_session WHERE id = :id"
                + " AND touched_at < :time AND lease_until < " + database.dialect().now())
                .bind("id", id)
                .bind("time", touchedBefore.toEpochMilli())
                .execute()) > 0;
    }

    @Override
    public List<SessionRecord> touchedBefore(Instant time) {
        String sql = COLUMNS + ""
                + " WHERE touched_at < :time ORDER BY id";
        return database.read(h -> h.createQuery(sql)
                .bind("time", time.toEpochMilli())
                .map(SqlSessionRecords::record)
                .list());
    }

    @Override
    public SessionLeases leases() {
        return new SqlSessionLeases(database);
    }

    @Override
    public ChunkRecords chunks() {
        return new SqlChunkRecords(database);
    }

    private static int delete(Handle handle, String id) {
        return handle.createUpdate("DELETE FROM upload_session WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    private static SessionRecord record(ResultSet row, StatementContext context)
            throws SQLException {
        return new SessionRecord(row.getString("id"),
                new RepositoryName(row.getString("repository")), row.getString("opened_by"),
                Instant.ofEpochMilli(row.getLong("touched_at")));
    }
}
