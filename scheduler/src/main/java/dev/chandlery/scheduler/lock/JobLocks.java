package dev.chandlery.scheduler.lock;

import dev.chandlery.scheduler.history.Store;
import java.util.Optional;

/** Locks of jobs, held by one run at a time: they go away with the process that holds them. */
public interface JobLocks {

    /** A lock that is held until it is closed. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes the lock of that name, such as a job's; empty when another has it.
     *
     * @throws dev.chandlery.oci.StorageException when it cannot be told
     */
    Optional<Held> tryTake(String name);

    /** Where the history is: in the database, or as files beside it. */
    static JobLocks of(Store store) {
        return store.postgres()
                .<JobLocks>map(postgres -> new PostgresJobLocks(postgres.single()))
                .orElseGet(() -> new FileJobLocks(store.folder().resolve("locks")));
    }
}
