package dev.chandlery.registry.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.chandlery.oci.StorageException;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Connections to the database, and the one way to use them.
 *
 * <p><b>Concurrency:</b> reads run side by side. SQLite has one writer at a time and lets others poll; a
 * fair lock makes writers of this process queue instead. The lock is held for one transaction, which
 * never waits for a client.
 */
final class SqlDatabase implements AutoCloseable {

    /** Work on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Handle handle);
    }

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final ReentrantLock writers = new ReentrantLock(true);

    SqlDatabase(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    <T> T read(Work<T> work) {
        try {
            return jdbi.withHandle(work::on);
        } catch (JdbiException e) {
            throw failed("read", e);
        }
    }

    <T> T write(Work<T> work) {
        writers.lock();
        try {
            return jdbi.inTransaction(work::on);
        } catch (JdbiException e) {
            throw failed("write", e);
        } finally {
            writers.unlock();
        }
    }

    private static StorageException failed(String verb, JdbiException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new StorageException("cannot " + verb + " registry metadata: " + root.getMessage(),
                e);
    }

    @Override
    public void close() {
        pool.close();
    }
}
