package dev.chandlery.scheduler.history;

import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.store.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;

/** The file {@code scheduler.db}: one writer at a time, others wait. */
final class SqliteStore {
    static final String FILE = "scheduler.db";

    private static final int PATIENCE_MILLIS = 30_000;

    private static final NativeLibrary LIBRARY = new NativeLibrary("SQLite", "org.sqlite.tmpdir",
            "org.sqlite.lib.path", SQLiteJDBCLoader::initialize);

    private SqliteStore() {}

    static DataSource open(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StorageException("cannot make " + folder + " for the scheduler's history: "
                    + e, e);
        }
        LIBRARY.load();
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(PATIENCE_MILLIS);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + folder.resolve(FILE));
        Tables.bringUpToDate(source, "classpath:dev/chandlery/scheduler/sql");
        return source;
    }
}
