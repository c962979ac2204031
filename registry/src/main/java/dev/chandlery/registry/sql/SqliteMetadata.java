package dev.chandlery.registry.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.store.NativeLibrary;
import dev.chandlery.registry.metadata.MetadataStore;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;

/** Metadata in one SQLite file, which one process uses at a time. */
public final class SqliteMetadata {
    /** Name of the database inside the storage folder. */
    public static final String FILE_NAME = "metadata.db";

    private static final int CONNECTIONS = 8;
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    private static final NativeLibrary LIBRARY = new NativeLibrary("SQLite", "org.sqlite.tmpdir",
            "org.sqlite.lib.path", SQLiteJDBCLoader::initialize);

    private SqliteMetadata() {}

    /**
     * Opens the database of that storage folder, made or migrated when needed.
     *
     * @throws StorageException when it cannot be opened or is of a newer version than ours
     */
    public static MetadataStore open(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        HikariDataSource pool = null;
        LIBRARY.load();
        try {
            pool = new HikariDataSource(pooled(file));
            Migrations.apply(pool, Dialect.SQLITE);
            return new SqlMetadata(new SqliteDatabase(pool));
        } catch (RuntimeException e) { // Hikari's, Flyway's and JDBI's roots have no common type
            if (pool != null) {
                pool.close();
            }
            throw e instanceof StorageException known
                    ? known
                    : new StorageException("cannot open registry metadata " + file + ": "
                            + e.getMessage(), e);
        }
    }

    private static HikariConfig pooled(Path file) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("registry-metadata");
        config.setDataSource(source(file));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        return config;
    }

    /**
     * WAL lets reads go on beside the writer. {@code synchronous=FULL} syncs the journal at every commit:
     * what we answered 201 to survives a loss of power, which NORMAL does not promise. Transactions begin
     * as writers, so that two of them never meet half-way and fail as "busy".
     */
    private static SQLiteDataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }
}
