package dev.chandlery.registry.server;

import dev.chandlery.oci.Registry;
import dev.chandlery.oci.concurrent.TaskScope;
import dev.chandlery.registry.http.HttpServer;
import dev.chandlery.registry.http.JettyHttpServer;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;

/** A registry that serves storage, of which it has the locks where there are such. */
public final class RegistryServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RegistryServer.class.getName());

    private final StorageLocks locks;
    private final Application application;
    private final HttpServer http;
    private final Registry address;
    private final AtomicBoolean closing = new AtomicBoolean();

    private RegistryServer(StorageLocks locks, Application application, HttpServer http,
            Registry address) {
        this.locks = locks;
        this.application = application;
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
        boolean taken = false;
        try {
            StorageSettings storage = options.storage() == null
                    ? StorageSettings.inFolder(lock.folder())
                    : options.storage();
            StorageLocks locks = StorageLocks.take(List.of(lock), storage.folders());
            taken = true;
            return start(locks, storage, options);
        } finally {
            if (!taken) {
                lock.close();
            }
        }
    }

    /**
     * Starts to serve the storage that the options name.
     *
     * @throws dev.chandlery.oci.StorageException when storage or address cannot be used, or another
     *     process serves the same and that is for one at a time
     * @throws dev.chandlery.oci.TransferException when a service does not answer that it needs
     */
    public static RegistryServer start(ServerOptions options) {
        StorageSettings storage = Objects.requireNonNull(options.storage(), "storage");
        return start(StorageLocks.take(List.of(), storage.folders()), storage, options);
    }

    private static RegistryServer start(StorageLocks locks, StorageSettings storage,
            ServerOptions options) {
        Deque<Runnable> undo = new ConcurrentLinkedDeque<>(List.of(locks::close));
        boolean started = false;
        try {
            RegistryServer server = start(locks, storage, options, undo);
            started = true;
            return server;
        } finally {
            if (!started) {
                undo.forEach(Runnable::run);
            }
        }
    }

    /** Database and HTTP server take most of the time to load, so they start side by side. */
    private static RegistryServer start(StorageLocks locks, StorageSettings storage,
            ServerOptions options, Deque<Runnable> undo) {
        // Logging is set up by its first use, which must not be by two threads at once.
        LOG.log(System.Logger.Level.DEBUG, "registry of {0} starts", storage.folders());
        String instance = UUID.randomUUID().toString();
        Gate gate = new Gate();
        try (TaskScope<Application> scope = new TaskScope<>("registry-start")) {
            scope.fork(() -> {
                Application opened = Application.of(Backend.open(storage, options), options);
                undo.push(opened::close);
                return opened;
            });
            HttpServer http = JettyHttpServer.start(options.http(), gate);
            undo.push(http::close);
            Registry address = new Registry(reachable(options.http().host()), http.port());
            Application application = scope.join().getFirst();
            gate.open(application.handler(instance));
            if (options.isOpen()) { // programs of this machine would not get in otherwise
                Announcement announcement = new Announcement(address, instance);
                locks.locks().forEach(lock -> announcement.write(lock.folder()));
            }
            application.backend().maintenance().start();
            return new RegistryServer(locks, application, http, address);
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

    /** Lets running requests finish in time, ends, and gives folders back; idempotent. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try (locks; application; http) {
            LOG.log(System.Logger.Level.DEBUG, "registry at {0} stops", address);
        }
    }
}
