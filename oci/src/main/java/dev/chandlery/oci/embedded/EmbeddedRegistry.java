package dev.chandlery.oci.embedded;

import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * Opens the registry that lives in a folder of this machine: the one that already runs on that storage
 * is used, else one is started inside this process. When the running one ends while the handle is open,
 * this process takes its place at the same address, so that requests need only be sent again.
 */
@FunctionalInterface
public interface EmbeddedRegistry {

    /**
     * Uses the running registry of that folder, or starts one; blocks until it answers.
     *
     * @param storage folder of the registry's content, made when it does not exist
     * @throws dev.chandlery.oci.StorageException when the folder cannot be used
     */
    RegistryHandle open(Path storage);

    /** The implementation on the class path. */
    static EmbeddedRegistry load() {
        return ServiceLoader.load(EmbeddedRegistry.class)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no embedded registry on the class path"));
    }
}
