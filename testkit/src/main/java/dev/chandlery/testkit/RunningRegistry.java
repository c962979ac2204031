package dev.chandlery.testkit;

import dev.chandlery.oci.Registry;

/** A registry that somebody else made, while it runs. */
interface RunningRegistry extends AutoCloseable {

    Registry registry();

    /** What it is and of which version, for reports. */
    String description();

    /** Ends it and removes what it stored. */
    @Override
    void close();
}
