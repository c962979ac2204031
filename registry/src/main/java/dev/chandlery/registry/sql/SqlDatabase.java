package dev.chandlery.registry.sql;

import dev.chandlery.oci.Digest;
import dev.chandlery.registry.metadata.Presence;
import org.jdbi.v3.core.Handle;

/**
 * A database and the ways to use it. All methods throw {@link dev.chandlery.oci.StorageException} when
 * the database fails, and {@link dev.chandlery.oci.TransferException} when it does not answer.
 *
 * <p><b>Concurrency:</b> thread-safe. Work may be run more than once, and on another thread, so it has no
 * effect but on the database; what it throws takes back what it did.
 */
interface SqlDatabase extends AutoCloseable {

    /** Work on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Handle handle);
    }

    /** Looks; each statement sees what was committed before it. */
    <T> T read(Work<T> work);

    /** One transaction, durable when it returns. */
    <T> T write(Work<T> work);

    /** One transaction whose loss with the machine's power does no harm; only then it may be lost. */
    <T> T writeSoon(Work<T> work);

    /**
     * One transaction that makes content a member, durable when it returns. The content's bytes are
     * secured first; until the transaction has ended, no {@link #exclusive} one for the digest runs.
     */
    <T> T record(Digest digest, Presence presence, Work<T> work);

    /** One transaction while no other one, of whatever process, makes that content a member. */
    <T> T exclusive(Digest digest, Work<T> work);

    Dialect dialect();

    @Override
    void close();
}
