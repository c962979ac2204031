package dev.chandlery.registry.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.chandlery.oci.Digest;
import dev.chandlery.registry.metadata.Presence;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Connections to an SQLite file.
 *
 * <p><b>Concurrency:</b> reads run side by side. SQLite has one writer at a time; one thread does the
 * writes of this process, in groups. Transactions begin as writers, so each keeps out those of other
 * processes: content needs no lock of its own.
 */
final class SqliteDatabase implements SqlDatabase {
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final GroupCommit writes;

    SqliteDatabase(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        this.writes = GroupCommit.start(jdbi);
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
        return write(work, true);
    }

    @Override
    public <T> T writeSoon(Work<T> work) {
        return write(work, false);
    }

    private <T> T write(Work<T> work, boolean durable) {
        try {
            return writes.write(work, durable);
        } catch (JdbiException e) {
            throw DatabaseFailures.of("write", e);
        }
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
        try (pool) {
            writes.close();
        }
    }
}
