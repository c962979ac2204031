package dev.chandlery.registry.sql;

import dev.chandlery.oci.StorageException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema up to date. Flyway does it, and costs about 0.2 s of start-up; so it is asked only
 * when its history does not already end at our newest version.
 */
final class Migrations {
    /** Version of the newest file of each {@link Dialect#migrations}, {@code V<n>__<what>.sql}. */
    static final int NEWEST = 4;

    private Migrations() {}

    /** @throws StorageException when the database was written by a newer version of the program */
    static void apply(DataSource database, Dialect dialect) {
        OptionalInt current = currentVersion(database);
        if (current.isPresent() && current.getAsInt() > NEWEST) {
            throw new StorageException("cannot open registry metadata: expected schema version "
                    + NEWEST + " or older, got " + current.getAsInt()
                    + "; use the version of the program that wrote it",
                    new IllegalStateException("schema is newer than the program"));
        }
        if (current.isEmpty() || current.getAsInt() < NEWEST) {
            Flyway.configure()
                    .dataSource(database)
                    .locations(dialect.migrations())
                    .load()
                    .migrate();
        }
    }

    private static OptionalInt currentVersion(DataSource database) {
        String latest = "SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history"
                + " WHERE success";
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            if (!hasHistory(connection)) {
                return OptionalInt.empty();
            }
            try (ResultSet rows = statement.executeQuery(latest)) {
                return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
            }
        } catch (SQLException e) {
            throw new StorageException("cannot read registry metadata: " + e.getMessage(), e);
        }
    }

    private static boolean hasHistory(Connection connection) throws SQLException {
        try (ResultSet tables = connection.getMetaData()
                .getTables(null, connection.getSchema(), "flyway_schema_history", null)) {
            return tables.next();
        }
    }
}
