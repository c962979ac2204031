package dev.chandlery.registry.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.registry.metadata.Presence;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Connections to PostgreSQL.
 *
 * <p><b>Concurrency:</b> transactions run side by side at "read committed"; those that change a
 * repository lock its row, those that use or collect content take the advisory lock of its digest, shared
 * or alone. A transaction that was the victim of a deadlock is run again.
 */
final class PostgresDatabase implements SqlDatabase {
    private static final int MAX_TRIES = 5;
    private static final int PAUSE_MILLIS = 20;

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    PostgresDatabase(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    @Override
    public <T> T read(Work<T> work) {
        try {
            return jdbi.withHandle(work::on);
        } catch (JdbiException e) {
            if (!DatabaseFailures.isBrokenConnection(e)) {
                throw DatabaseFailures.of("read", e);
            }
            forgetConnections();
        }
        try {
            return jdbi.withHandle(work::on); // the server may have been started again
        } catch (JdbiException e) {
            throw DatabaseFailures.of("read", e);
        }
    }

    /** When one is broken, those that wait for use are as well. */
    private void forgetConnections() {
        if (pool.getHikariPoolMXBean() != null) {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
    }

    @Override
    public <T> T write(Work<T> work) {
        for (int tries = 1;; tries++) {
            try {
                return jdbi.inTransaction(work::on);
            } catch (JdbiException e) {
                if (DatabaseFailures.isBrokenConnection(e)) {
                    forgetConnections();
                }
                if (tries == MAX_TRIES || !DatabaseFailures.isLostRace(e)) {
                    throw DatabaseFailures.of("write", e);
                }
                pause(tries);
            }
        }
    }

    @Override
    public <T> T writeSoon(Work<T> work) {
        return write(h -> {
            h.execute("SET LOCAL synchronous_commit = off");
            return work.on(h);
        });
    }

    @Override
    public <T> T record(Digest digest, Presence presence, Work<T> work) {
        return write(h -> {
            lock(h, "pg_advisory_xact_lock_shared", digest);
            presence.secure();
            return work.on(h);
        });
    }

    @Override
    public <T> T exclusive(Digest digest, Work<T> work) {
        return write(h -> {
            lock(h, "pg_advisory_xact_lock", digest);
            return work.on(h);
        });
    }

    private static void lock(Handle handle, String function, Digest digest) {
        handle.createQuery("SELECT 1 FROM (SELECT " + function + "(:key)) AS locked")
                .bind("key", key(digest))
                .mapTo(Integer.class)
                .one();
    }

    /** Content that has the same key only waits without need. */
    private static long key(Digest digest) {
        byte[] text = digest.toString().getBytes(StandardCharsets.UTF_8);
        long key = 0xcbf29ce484222325L; // FNV-1a, which every node computes alike
        for (byte b : text) {
            key = (key ^ (b & 0xff)) * 0x100000001b3L;
        }
        return key;
    }

    private static void pause(int tries) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS * tries) + 1L);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot write registry metadata: interrupted");
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    public void close() {
        pool.close();
    }
}
