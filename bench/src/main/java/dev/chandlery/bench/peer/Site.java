package dev.chandlery.bench.peer;

import dev.chandlery.bench.process.ServerProcess;
import dev.chandlery.bench.wire.Address;
import dev.chandlery.bench.wire.Connection;
import java.io.IOException;
import java.nio.file.Path;

/** A server that runs, and how to speak to it. */
public record Site(Peer peer, Path folder, Address address, ServerProcess process,
        Login login) implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int STEP_MILLIS = 2;

    /** How a client proves who it is. */
    @FunctionalInterface
    public interface Login {
        /** Nobody asks. */
        Login NONE = _ -> "";

        /** Header lines for all that one may do in that repository, each ended by CR LF. */
        String headers(String repository) throws IOException;
    }

    /** A connection that may do everything in that repository; the caller closes it. */
    public Connection connect(String repository) throws IOException {
        return Connection.open(address, login.headers(repository));
    }

    /** Waits until it answers at the root of the protocol. */
    public Site await() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_SECONDS * NANOS_PER_SECOND;
        while (!answers()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                close();
                throw new IOException("cannot start " + peer.name()
                        + ": it does not answer; see the file log in " + folder);
            }
            Thread.sleep(STEP_MILLIS);
        }
        return this;
    }

    private boolean answers() {
        try (Connection connection = Connection.open(address, "")) {
            int status = connection.count("/v2/").status();
            return status == 200 || status == 401;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
