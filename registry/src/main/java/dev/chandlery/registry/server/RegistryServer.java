package dev.chandlery.registry.server;

import dev.chandlery.oci.Registry;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.registry.http.HttpServer;
import dev.chandlery.registry.http.JettyHttpServer;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;

/** A registry that serves the folder it has the lock of. */
public final class RegistryServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RegistryServer.class.getName());

    private final StorageLock lock;
    private final Backend backend;
    private final HttpServer http;
    private final Registry address;
    private final AtomicBoolean closing = new AtomicBoolean();

    private RegistryServer(StorageLock lock, Backend backend, HttpServer http, Registry address) {
        this.lock = lock;
        this.backend = backend;
        this.http = http;
        this.address = address;
    }

    /**
     * Starts to serve, and says so in the folder.
     *
     * @param lock given back when the server is closed or cannot start
     * @throws dev.chandlery.oci.StorageException when the folder or the address cannot be used
     */
    public static RegistryServer start(StorageLock lock, ServerOptions options) {
        Deque<Runnable> undo = new ConcurrentLinkedDeque<>(List.of(lock::close));
        boolean started = false;
        try {
            RegistryServer server = start(lock, options, undo);
            started = true;
            return server;
        } finally {
            if (!started) {
                undo.forEach(Runnable::run);
            }
        }
    }

    /** Database and HTTP server take most of the time to load, so they start side by side. */
    private static RegistryServer start(StorageLock lock, ServerOptions options,
            Deque<Runnable> undo) {
        // Logging is set up by its first use, which must not be by two threads at once.
        LOG.log(System.Logger.Level.DEBUG, "registry of {0} starts", lock.folder());
        String instance = UUID.randomUUID().toString();
        Gate gate = new Gate();
        try (TaskScope<Backend> scope = new TaskScope<>("registry-start")) {
            scope.fork(() -> {
                Backend opened = Backend.open(lock.folder(), options);
                undo.push(opened::close);
                return opened;
            });
            HttpServer http = JettyHttpServer.start(options.http(), gate);
            undo.push(http::close);
            Registry address = new Registry(reachable(options.http().host()), http.port());
            Backend backend = scope.join().getFirst();
            gate.open(backend.handler(options, instance));
            new Announcement(address, instance).write(lock.folder());
            backend.maintenance().start();
            return new RegistryServer(lock, backend, http, address);
        }
    }

    /** A wildcard cannot be connected to. */
    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0", "::", "[::]" -> "127.0.0.1";
            default -> host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }

    /** Where this machine reaches it, plain HTTP. */
    public Registry address() {
        return address;
    }

    /** Lets running requests finish in time, ends, and gives the folder back; idempotent. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try (lock; backend; http) {
            LOG.log(System.Logger.Level.DEBUG, "registry at {0} stops", address);
        }
    }
}
