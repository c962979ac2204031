package dev.chandlery.registry.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.metadata.BlobMembers;
import dev.chandlery.registry.metadata.ManifestMembers;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.metadata.RepositoryRecords;
import dev.chandlery.registry.metadata.SessionRecords;
import dev.chandlery.registry.metadata.SigningKeyRecords;
import dev.chandlery.registry.metadata.TagRecords;
import dev.chandlery.registry.metadata.TokenRecords;
import dev.chandlery.registry.metadata.Upkeep;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Metadata in one SQLite file. */
public final class SqliteMetadata implements MetadataStore {
    /** Name of the database inside the storage folder. */
    public static final String FILE_NAME = "metadata.db";

    private static final int CONNECTIONS = 8;
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    private final SqlDatabase database;

    private SqliteMetadata(SqlDatabase database) {
        this.database = database;
    }

    /**
     * Opens the database of that storage folder, made or migrated when needed.
     *
     * @throws StorageException when it cannot be opened or is of a newer version than ours
     */
    public static SqliteMetadata open(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(pooled(file));
            Migrations.apply(pool);
            return new SqliteMetadata(new SqlDatabase(pool));
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

    @Override
    public BlobMembers blobs() {
        return new SqlBlobMembers(database);
    }

    @Override
    public ManifestMembers manifests() {
        return new SqlManifestMembers(database);
    }

    @Override
    public TagRecords tags() {
        return new SqlTagRecords(database);
    }

    @Override
    public RepositoryRecords repositories() {
        return new SqlRepositoryRecords(database);
    }

    @Override
    public SessionRecords sessions() {
        return new SqlSessionRecords(database);
    }

    @Override
    public Upkeep upkeep() {
        return new SqlUpkeep(database);
    }

    @Override
    public TokenRecords tokens() {
        return new SqlTokenRecords(database);
    }

    @Override
    public SigningKeyRecords signingKeys() {
        return new SqlSigningKeyRecords(database);
    }

    @Override
    public void ifUnused(Digest digest, Runnable work) {
        if (database.read(h -> MemberRow.isUsed(h, digest))) {
            return; // most content is, and asking this way keeps no writer waiting
        }
        database.write(h -> {
            boolean used = MemberRow.isUsed(h, digest);
            if (!used) {
                work.run();
            }
            return used;
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
