package dev.chandlery.scheduler.history;

import dev.chandlery.oci.StorageException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;

/** Brings tables up to date. Flyway does it, where its own table does not tell that nothing is to do. */
final class Tables {
    private static final String HISTORY = "scheduler_schema_history";

    private Tables() {}

    static void bringUpToDate(DataSource source, String... places) {
        int newest = places.length; // each place has one file, with its number in the list
        OptionalInt current = current(source);
        if (current.isPresent() && current.getAsInt() > newest) {
            throw new StorageException(
                    "cannot open the scheduler's history: expected schema version "
                            + newest + " or older, got " + current.getAsInt()
                            + "; use the version of the program that wrote it",
                    new IllegalStateException("schema is newer than the program"));
        }
        if (current.isPresent() && current.getAsInt() == newest) {
            return;
        }
        try {
            Flyway.configure()
                    .dataSource(source)
                    .table(HISTORY)
                    .locations(places)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
                throw new StorageException("cannot open the scheduler's history: expected no tables"
                        + " or its own, got those of something else; name another database, or"
                        + " move them", new IllegalStateException("foreign tables"));
            }
            throw new StorageException("cannot open the scheduler's history: " + e.getMessage(), e);
        }
    }

    private static OptionalInt current(DataSource source) {
        String latest = "SELECT MAX(CAST(version AS INTEGER)) FROM " + HISTORY + " WHERE success";
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet tables = connection.getMetaData()
                    .getTables(null, connection.getSchema(), HISTORY, null)) {
                if (!tables.next()) {
                    return OptionalInt.empty();
                }
            }
            try (ResultSet rows = statement.executeQuery(latest)) {
                return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
            }
        } catch (SQLException e) {
            throw new StorageException("cannot open the scheduler's history: " + e.getMessage(), e);
        }
    }
}
