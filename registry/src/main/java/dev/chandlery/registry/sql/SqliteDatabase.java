package dev.chandlery.registry.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.metadata.Presence;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Connections to an SQLite file.
 *
 * <p><b>Concurrency:</b> reads run side by side. SQLite has one writer at a time and lets others poll; a
 * fair lock makes writers of this process queue instead. The lock is held for one transaction, which
 * never waits for a client. Transactions begin as writers, so each keeps out all others, those of other
 * processes too: content needs no lock of its own.
 */
final class SqliteDatabase implements SqlDatabase {
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final ReentrantLock writers = new ReentrantLock(true);

    SqliteDatabase(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    @Override
    public <T> T read(Work<T> work) {
        try {
            return jdbi.withHandle(work::on);
        } catch (JdbiException e) {
            throw DatabaseFailures.of("read", e);
        }
    }

    @Override
    public <T> T write(Work<T> work) {
        writers.lock();
        try {
            return jdbi.inTransaction(work::on);
        } catch (JdbiException e) {
            throw DatabaseFailures.of("write", e);
        } finally {
            writers.unlock();
        }
    }

    @Override
    public <T> T writeSoon(Work<T> work) {
        return write(work);
    }

    @Override
    public <T> T record(Digest digest, Presence presence, Work<T> work) {
        return write(h -> {
            presence.secure();
            return work.on(h);
        });
    }

    @Override
    public <T> T exclusive(Digest digest, Work<T> work) {
        return write(work);
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public void close() {
        pool.close();
    }
}
