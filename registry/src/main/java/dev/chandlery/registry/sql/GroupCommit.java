package dev.chandlery.registry.sql;

import dev.chandlery.oci.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Does all writes of this process, and makes those durable together that came together: syncing the disk
 * costs much more than writing rows. Each write is all or nothing by itself, and is reported as done when
 * what it wrote is durable.
 *
 * <p><b>Concurrency:</b> one thread writes. It is a platform thread, since a virtual one would keep its
 * carrier while the disk syncs, and it is never interrupted.
 */
final class GroupCommit implements AutoCloseable {
    /** More would make the first of them wait too long. */
    private static final int MAX_GROUP = 64;
    private static final String SAVEPOINT = "one_of_a_group";

    private final Jdbi jdbi;
    private final BlockingQueue<QueuedWrite<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofPlatform()
            .daemon()
            .name("registry-writer")
            .unstarted(this::run);
    private final QueuedWrite<Boolean> end = new QueuedWrite<>(_ -> true, false);
    private volatile boolean ended;

    private GroupCommit(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    static GroupCommit start(Jdbi jdbi) {
        GroupCommit group = new GroupCommit(jdbi);
        group.thread.start();
        return group;
    }

    /**
     * Does the work in a transaction; blocking. What it throws is thrown here, and takes back what it did.
     *
     * @param durable whether it must survive a loss of power; if not, the disk is not synced for it alone
     */
    <T> T write(SqlDatabase.Work<T> work, boolean durable) {
        QueuedWrite<T> write = new QueuedWrite<>(work, durable);
        queue.add(write);
        if (ended && queue.remove(write)) {
            throw closed();
        }
        return write.await();
    }

    private static StorageException closed() {
        return new StorageException("cannot write registry metadata: it is closed",
                new IllegalStateException("closed"));
    }

    private void run() {
        List<QueuedWrite<?>> group = new ArrayList<>();
        while (!ended) {
            group.add(next());
            queue.drainTo(group, MAX_GROUP - 1);
            ended = group.contains(end);
            commit(group);
            group.clear();
        }
        for (QueuedWrite<?> late = queue.poll(); late != null; late = queue.poll()) {
            late.fail(closed());
        }
    }

    private QueuedWrite<?> next() {
        try {
            return queue.take();
        } catch (InterruptedException _) { // nobody does that
            return next();
        }
    }

    private void commit(List<QueuedWrite<?>> group) {
        boolean durable = group.stream().anyMatch(QueuedWrite::durable);
        try (Handle handle = jdbi.open()) {
            handle.execute("PRAGMA synchronous = " + (durable ? "FULL" : "NORMAL"));
            handle.useTransaction(h -> {
                for (QueuedWrite<?> write : group) {
                    one(h, write, group.size() > 1);
                }
            });
            group.forEach(QueuedWrite::finish);
        } catch (RuntimeException e) { // JDBI's, or of the only one
            if (group.size() == 1) {
                group.getFirst().fail(e);
            } else {
                group.stream().filter(w -> !w.isEnded()).forEach(w -> commit(List.of(w)));
            }
        } finally {
            group.forEach(QueuedWrite::failUnlessEnded);
        }
    }

    private static void one(Handle handle, QueuedWrite<?> write, boolean savepoint) {
        if (!savepoint) {
            write.run(handle);
            return;
        }
        handle.savepoint(SAVEPOINT);
        try {
            write.run(handle);
        } catch (RuntimeException e) {
            // Throws as well when the database gave up the whole transaction; then all are tried alone.
            handle.rollbackToSavepoint(SAVEPOINT);
            write.failWithGroup(e);
        }
        handle.releaseSavepoint(SAVEPOINT);
    }

    /** Finishes what was begun; idempotent. */
    @Override
    public void close() {
        queue.add(end);
        boolean interrupted = Thread.interrupted();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
