package dev.chandlery.bench.copy.server;

import dev.chandlery.bench.process.ServerProcess;
import dev.chandlery.bench.wire.Address;
import java.io.IOException;
import java.nio.file.Path;

/** A registry in a process of its own that tells what it was asked. */
public interface CountedRegistry extends AutoCloseable {
    int PATIENCE_MILLIS = 30_000;
    int STEP_MILLIS = 5;

    Address address();

    /** What it was asked since it began. */
    Requests requests() throws IOException;

    /** Whether it serves by now. */
    boolean answers();

    @Override
    void close();

    /** Waits until it serves, and closes it when it does not. */
    default void await(ServerProcess process, Path log) throws IOException, InterruptedException {
        for (int waited = 0; !answers(); waited += STEP_MILLIS) {
            if (waited > PATIENCE_MILLIS || !process.isAlive()) {
                close();
                throw new IOException("cannot start a registry: it does not answer; see " + log);
            }
            Thread.sleep(STEP_MILLIS);
        }
    }
}
