package dev.chandlery.scheduler.history;

import dev.chandlery.cli.registry.SecretTexts;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.operation.SchedulerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Where the scheduler writes down what ran. Closing it closes connections; nothing else is open. */
public final class Store implements AutoCloseable {
    private final Path folder;
    private final Optional<PostgresStore> postgres;
    private final Jdbi jdbi;

    private Store(Path folder, Optional<PostgresStore> postgres, DataSource source) {
        this.folder = folder;
        this.postgres = postgres;
        this.jdbi = Jdbi.create(source);
    }

    /**
     * Opens it, and brings its tables up to date.
     *
     * @throws dev.chandlery.oci.StorageException when it cannot be reached or was written by a newer version
     */
    public static Store open(ConfigSpec config, SecretTexts secrets) {
        SchedulerSpec.Store spec = config.scheduler().store();
        Path folder = folder(config);
        Optional<PostgresStore> postgres = spec.database()
                .map(database -> PostgresStore.open(database, secrets));
        DataSource source = postgres.<DataSource>map(PostgresStore::pool)
                .orElseGet(() -> SqliteStore.open(folder));
        return new Store(folder, postgres, source);
    }

    /** Whether there is a file of it already. */
    public static boolean isBegun(ConfigSpec config) {
        return Files.exists(folder(config).resolve(SqliteStore.FILE));
    }

    private static Path folder(ConfigSpec config) {
        return config.scheduler()
                .store()
                .folder()
                .orElseGet(() -> config.cache().localCacheDir().resolve("state"));
    }

    public History history() {
        return new SqlHistory(jdbi);
    }

    public Incidents incidents() {
        return incidents(List.of());
    }

    /** What is wrong; changes are noted for these channels of alerts together with the change itself. */
    public Incidents incidents(List<String> channels) {
        return new SqlIncidents(jdbi, channels);
    }

    public Deliveries deliveries() {
        return new Deliveries(jdbi);
    }

    /** Of files: the history without a database, and locks. */
    public Path folder() {
        return Objects.requireNonNull(folder);
    }

    /** The database that several schedulers share; empty: a file of this machine. */
    public Optional<PostgresStore> postgres() {
        return postgres;
    }

    @Override
    public void close() {
        postgres.ifPresent(PostgresStore::close);
    }
}
