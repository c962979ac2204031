package dev.chandlery.registry.sql;

import dev.chandlery.registry.metadata.AccessToken;
import dev.chandlery.registry.metadata.TokenRecords;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The table {@code access_token}. */
record SqlTokenRecords(SqlDatabase database) implements TokenRecords {
    private static final String COLUMNS = "SELECT id, name, secret_hash, scopes, read_only,"
            + " created_at, expires_at, revoked_at FROM access_token";
    private static final String GOOD = " AND revoked_at IS NULL"
            + " AND (expires_at IS NULL OR expires_at > :at)";
    /** Scopes hold no spaces. */
    private static final String SEPARATOR = " ";

    @Override
    public boolean create(AccessToken token) {
        Instant expires = token.expires();
        return database.write(h -> {
            boolean taken = h.createQuery("SELECT 1 FROM access_token WHERE name = :name" + GOOD
                    + " LIMIT 1")
                    .bind("name", token.name())
                    .bind("at", token.created().toEpochMilli())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            return !taken && h.createUpdate("INSERT INTO access_token (id, name, secret_hash,"
                    + " scopes, read_only, created_at, expires_at) VALUES (:id, :name, :hash,"
                    + " :scopes, :readOnly, :created, :expires)")
                    .bind("id", token.id())
                    .bind("name", token.name())
                    .bind("hash", token.secretHash())
                    .bind("scopes", String.join(SEPARATOR, token.scopes()))
                    .bind("readOnly", token.readOnly() ? 1 : 0)
                    .bind("created", token.created().toEpochMilli())
                    .bind("expires", expires == null ? null : expires.toEpochMilli())
                    .execute() > 0;
        });
    }

    @Override
    public Optional<AccessToken> find(String id) {
        return database.read(h -> h.createQuery(COLUMNS + " WHERE id = :id")
                .bind("id", id)
                .map(SqlTokenRecords::token)
                .findOne());
    }

    @Override
    public List<AccessToken> list() {
        return database.read(h -> h.createQuery(COLUMNS + " ORDER BY created_at DESC, id")
                .map(SqlTokenRecords::token)
                .list());
    }

    @Override
    public int revoke(String idOrName, Instant at) {
        return database.write(h -> h.createUpdate("UPDATE access_token SET revoked_at = :at"
                + " WHERE (id = :word OR name = :word)" + GOOD)
                .bind("word", idOrName)
                .bind("at", at.toEpochMilli())
                .execute());
    }

    private static AccessToken token(ResultSet row, StatementContext context)
            throws SQLException {
        return new AccessToken(row.getString("id"), row.getString("name"), row.getString(
                "secret_hash"), Arrays.asList(row.getString("scopes").split(SEPARATOR)), row
                        .getInt("read_only") != 0, Instant.ofEpochMilli(row.getLong("created_at")),
                time(row, "expires_at"), time(row, "revoked_at"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
