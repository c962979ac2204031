package dev.chandlery.scheduler.history;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.registry.SecretTexts;
import dev.chandlery.config.server.ServerStorageSpec.Database;
import dev.chandlery.config.value.SecretReference;
import dev.chandlery.oci.StorageException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database that several schedulers share. All tables are in a schema of their own, so that a registry may
 * use the same database.
 *
 * @param pool of connections; closed with this
 * @param single opens connections that are not pooled, for locks
 */
public record PostgresStore(HikariDataSource pool, DataSource single) implements AutoCloseable {
    private static final String SCHEMA = "chandlery_scheduler";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** Quartz's threads, history and check-ins need one each. */
    private static final int LEAST_CONNECTIONS = 4;
    /** A server that is silent for longer is away, whatever the network says. */
    private static final int ANSWER_SECONDS = 60;

    static PostgresStore open(Database database, SecretTexts secrets) {
        PGSimpleDataSource source = source(database, secrets);
        makeSchema(source);
        source.setCurrentSchema(SCHEMA);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("scheduler");
        config.setMaximumPoolSize(Math.max(LEAST_CONNECTIONS, database.connections()));
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        try {
            HikariDataSource pool = new HikariDataSource(config);
            Tables.bringUpToDate(pool, "classpath:dev/chandlery/scheduler/sql",
                    "classpath:dev/chandlery/scheduler/postgresql");
            return new PostgresStore(pool, source);
        } catch (HikariPool.PoolInitializationException e) {
            throw new StorageException("cannot reach the scheduler's database: " + e.getMessage(),
                    e);
        }
    }

    private static PGSimpleDataSource source(Database database, SecretTexts secrets) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setTcpKeepAlive(true);
        source.setApplicationName("chandlery-scheduler");
        source.setConnectTimeout((int) PATIENCE.toSeconds());
        source.setSocketTimeout(ANSWER_SECONDS);
        database.username().ifPresent(source::setUser);
        database.password().ifPresent(reference -> source.setPassword(read(secrets, reference)));
        return source;
    }

    private static String read(SecretTexts secrets, SecretReference reference) {
        try {
            return secrets.read(reference);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "cannot log in to the scheduler's database: "
                    + e.getMessage());
        }
    }

    /**
     * Two that make it at the same time may both find that it is not there. Where it is, nothing is asked for that
     * only who may make schemas can have.
     */
    private static void makeSchema(DataSource source) {
        try (Connection connection = source.getConnection()) {
            makeSchema(connection);
        } catch (SQLException e) {
            throw new StorageException("cannot reach the scheduler's database: " + e.getMessage(),
                    e);
        }
    }

    private static void makeSchema(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(4846011203)");
            if (!isThere(statement)) {
                statement.execute("CREATE SCHEMA " + SCHEMA);
            }
        } catch (SQLException e) {
            throw new StorageException("cannot make the schema " + SCHEMA
                    + " in the scheduler's database: " + e.getMessage(), e);
        }
    }

    private static boolean isThere(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT 1 FROM pg_namespace WHERE nspname = '"
                + SCHEMA + "'")) {
            return rows.next();
        }
    }

    /** By how much this machine's clock is ahead of the database's; negative when it is behind. */
    public Duration clockAhead() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")) {
            rows.next();
            return Duration.between(Instant.ofEpochMilli(rows.getLong(1)), Instant.now());
        } catch (SQLException e) {
            throw new StorageException("cannot ask the scheduler's database: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
