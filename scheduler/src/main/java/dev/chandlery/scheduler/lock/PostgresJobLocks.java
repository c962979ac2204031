package dev.chandlery.scheduler.lock;

import dev.chandlery.oci.StorageException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Advisory locks of PostgreSQL, each on a connection of its own: the server takes them from who ends, and
 * asks every few seconds whether one that is silent is still there. No clock plays a part.
 */
final class PostgresJobLocks implements JobLocks {
    private static final String KEEP_ALIVE =
            "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3";

    private final DataSource source;

    PostgresJobLocks(DataSource source) {
        this.source = source;
    }

    @Override
    public Optional<Held> tryTake(String name) {
        Connection connection = null;
        boolean taken = false;
        try {
            connection = source.getConnection();
            taken = take(connection, name);
            return taken ? Optional.of(new Lock(connection)) : Optional.empty();
        } catch (SQLException e) {
            throw failure(name, e);
        } finally {
            if (!taken) {
                close(connection);
            }
        }
    }

    private static boolean take(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(KEEP_ALIVE);
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pg_try_advisory_lock(?)")) {
            statement.setLong(1, key(name));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** FNV-1a, which every node computes alike; jobs with the same key would only wait without need. */
    private static long key(String name) {
        long key = 0xcbf29ce484222325L;
        for (byte b : ("chandlery-scheduler:" + name).getBytes(StandardCharsets.UTF_8)) {
            key = (key ^ (b & 0xff)) * 0x100000001b3L;
        }
        return key;
    }

    private static StorageException failure(String name, SQLException e) {
        return new StorageException("cannot lock " + name + " in the scheduler's database: " + e
                .getMessage(), e);
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new StorageException("cannot release a job's lock: " + e.getMessage(), e);
        }
    }

    private record Lock(Connection connection) implements Held {
        @Override
        public void close() {
            PostgresJobLocks.close(connection);
        }
    }
}
