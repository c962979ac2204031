package dev.chandlery.oci.embedded;

import dev.chandlery.oci.Registry;

/** A registry on loopback that is reachable while this is open. */
public interface RegistryHandle extends AutoCloseable {

    /** Host and port, plain HTTP. */
    Registry registry();

    /** Whether it was running before, in another process. */
    boolean alreadyRunning();

    /** Ends the registry if this process runs it: running requests are finished first. Idempotent. */
    @Override
    void close();
}
