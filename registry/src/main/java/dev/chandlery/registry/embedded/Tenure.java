package dev.chandlery.registry.embedded;

import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.Registry;
import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.server.Announcement;
import dev.chandlery.registry.server.RegistryServer;
import dev.chandlery.registry.server.ServerOptions;
import dev.chandlery.registry.server.StorageLock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * This process's part in serving a folder: it serves, or it uses what another process serves and stands
 * ready to take over when that one ends.
 *
 * <p><b>Concurrency:</b> the lock guards who serves and whether this is closed; a platform thread waits
 * for the other process outside of it, since waiting for a file lock would keep a carrier thread.
 */
final class Tenure implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Tenure.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PAUSE_MILLIS = 20;
    /** The system may still be clearing away the port of a process that was killed. */
    private static final Duration PORT_PATIENCE = Duration.ofSeconds(3);

    private final Path folder;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Registry address;
    /** Null while another process serves. */
    private @Nullable RegistryServer server;
    /** Null when nobody is waited for. */
    private @Nullable Thread successor;
    private boolean closed;

    private Tenure(Path folder, Clock clock, Registry address) {
        this.folder = folder;
        this.clock = clock;
        this.address = address;
    }

    /**
     * Joins the registry that runs on the folder, or starts it; blocking.
     *
     * @throws StorageException when it can be neither
     */
    static Tenure begin(Path folder, Clock clock) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            Optional<Announcement> announced = Announcement.read(folder);
            if (announced.isPresent() && announced.get().isAnswering()) {
                return join(folder, clock, announced.get());
            }
            Optional<StorageLock> taken = StorageLock.tryTake(folder);
            if (taken.isPresent()) {
                return serve(taken.get(), clock, announced);
            }
            pause();
        } while (System.nanoTime() < deadline);
        throw new StorageException("cannot open registry storage " + folder + ": another process"
                + " has it and does not answer; end that process", new IllegalStateException(
                        "no answer within " + PATIENCE));
    }

    // At the port that it had before, if that is free: who still knows it finds it again.
    private static Tenure serve(StorageLock taken, Clock clock, Optional<Announcement> before) {
        PortChoice port = before.map(b -> PortChoice.rather(b.address().port(), Duration.ZERO))
                .orElse(PortChoice.ANY);
        RegistryServer server = RegistryServer.start(taken, ServerOptions.loopback(port)
                .withClock(clock));
        Tenure tenure = new Tenure(taken.folder(), clock, server.address());
        tenure.server = server;
        return tenure;
    }

    private static Tenure join(Path folder, Clock clock, Announcement other) {
        Tenure tenure = new Tenure(folder, clock, other.address());
        tenure.successor = Thread.ofPlatform()
                .daemon()
                .name("registry-successor")
                .start(tenure::awaitTurn);
        return tenure;
    }

    private void awaitTurn() {
        try {
            StorageLock.await(folder).ifPresent(this::takeOver);
        } catch (InterruptedException _) {
            return; // closed before the other process ended
        } catch (OciException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "cannot take over the registry of " + folder
                    + " from a process that ended: " + e.getMessage());
        }
    }

    private void takeOver(StorageLock taken) {
        lock.lock();
        try {
            if (closed) {
                taken.close();
                return;
            }
            PortChoice port = PortChoice.rather(address.port(), PORT_PATIENCE);
            RegistryServer mine = RegistryServer.start(taken, ServerOptions.loopback(port)
                    .withClock(clock));
            server = mine;
            address = mine.address();
        } finally {
            lock.unlock();
        }
    }

    /** Whether another process serves, or did when this began. */
    boolean joined() {
        return successor != null;
    }

    /** Where the registry is now. */
    Registry address() {
        return address;
    }

    @Override
    public void close() {
        RegistryServer mine;
        lock.lock();
        try {
            closed = true;
            mine = server;
        } finally {
            lock.unlock();
        }
        if (successor != null) {
            stop(successor);
        }
        if (mine != null) {
            mine.close();
        }
    }

    private static void stop(Thread waiting) {
        boolean interrupted = Thread.interrupted();
        waiting.interrupt();
        while (waiting.isAlive()) {
            try {
                waiting.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("cannot open registry storage: interrupted");
        }
    }
}
