package dev.chandlery.oci.embedded;

import dev.chandlery.oci.RepositoryName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Opens the registry that lives in a folder of this machine: the one that already runs on that storage
 * is used, else one is started inside this process. When the running one ends while the handle is open,
 * this process takes its place at the same address, so that requests need only be sent again.
 */
public interface EmbeddedRegistry {

    /**
     * Uses the running registry of that folder, or starts one; blocks until it answers.
     *
     * @param storage folder of the registry's content, made when it does not exist
     * @throws dev.chandlery.oci.StorageException when the folder cannot be used
     */
    RegistryHandle open(Path storage);

    /**
     * Opens the registry for looking only, as dry runs do: nothing at all is changed below the folder, not
     * even a lock or a journal. A registry that already runs on the storage is used; else its metadata is
     * read from a private copy that goes away with the handle, and every write is refused. A folder that
     * does not exist is not made and answers as an empty registry.
     *
     * @throws dev.chandlery.oci.StorageException when the folder cannot be read
     */
    RegistryHandle openReadOnly(Path storage);

    /**
     * What a collection takes.
     *
     * @param grace how long content stays that nothing names
     * @param untaggedAfter age from which manifests without tag go; empty: never
     * @param locked files of which all digests stay
     */
    record Collecting(Duration grace, Optional<Duration> untaggedAfter, List<Path> locked) {
        public Collecting {
            locked = List.copyOf(locked);
        }
    }

    /**
     * What a collection took.
     *
     * @param things uploads, manifests, blobs and stored files
     * @param bytes that storage no longer holds
     * @param skipped repositories where nothing was collected, as a manifest there cannot be read
     */
    record Collected(long things, long bytes, List<RepositoryName> skipped) {
        public Collected {
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * Takes away what nobody needs; a registry may run on the storage meanwhile. Blocking; an interrupt ends
     * it early, and the next one goes on.
     *
     * @throws dev.chandlery.oci.StorageException when the folder cannot be used, or a lock file not be read
     */
    Collected collect(Path storage, Collecting what);

    /**
     * The same by another clock, as simulations need it: of the times that are recorded, and of how old things
     * are. What runs already keeps the clock that it has.
     */
    EmbeddedRegistry withClock(InstantSource clock);

    /** The implementation on the class path, by the system's clock. */
    static EmbeddedRegistry load() {
        return ServiceLoader.load(EmbeddedRegistry.class)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no embedded registry on the class path"));
    }
}
