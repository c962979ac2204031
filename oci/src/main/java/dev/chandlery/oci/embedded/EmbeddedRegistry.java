package dev.chandlery.oci.embedded;

import java.nio.file.Path;
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

    /** The implementation on the class path. */
    static EmbeddedRegistry load() {
        return ServiceLoader.load(EmbeddedRegistry.class)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no embedded registry on the class path"));
    }
}
