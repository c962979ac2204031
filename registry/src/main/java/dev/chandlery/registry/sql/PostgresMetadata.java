package dev.chandlery.registry.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.TransferException;
import dev.chandlery.registry.metadata.MetadataStore;
import java.time.Duration;

/** Metadata in a PostgreSQL database, which any number of processes use at a time. */
public final class PostgresMetadata {
    /** A request waits so long for a connection, then is told to come again. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** A connection on which the server says nothing for that long is given up. */
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration CHECK = Duration.ofSeconds(2);

    private PostgresMetadata() {}

    /**
     * Connects to the database; its tables are made or migrated when needed.
     *
     * @throws StorageException when it cannot be used or is of a newer version than ours
     * @throws TransferException when it does not answer
     */
    public static MetadataStore open(PostgresSettings settings) {
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(pooled(settings));
            Migrations.apply(pool, Dialect.POSTGRESQL);
            return new SqlMetadata(new PostgresDatabase(pool));
        } catch (RuntimeException e) { // Hikari's, Flyway's and JDBI's roots have no common type
            if (pool != null) {
                pool.close();
            }
            throw failed(settings, e);
        }
    }

    private static OciException failed(PostgresSettings settings, RuntimeException failure) {
        if (failure instanceof OciException known) {
            return known;
        }
        String message = "cannot open registry metadata " + settings.place() + ": "
                + DatabaseFailures.reason(failure);
        return DatabaseFailures.isUnavailable(failure)
                ? new TransferException(message, failure, true)
                : new StorageException(message, failure);
    }

    private static HikariConfig pooled(PostgresSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("registry-metadata");
        config.setJdbcUrl(settings.url());
        if (!settings.user().isEmpty()) {
            config.setUsername(settings.user());
        }
        if (!settings.password().isEmpty()) {
            config.setPassword(settings.password());
        }
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setValidationTimeout(CHECK.toMillis());
        config.addDataSourceProperty("ApplicationName", "chandlery-registry");
        config.addDataSourceProperty("connectTimeout", Long.toString(PATIENCE.toSeconds()));
        config.addDataSourceProperty("socketTimeout", Long.toString(SILENCE.toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return config;
    }
}
