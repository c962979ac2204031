package dev.chandlery.registry.server;

import dev.chandlery.oci.Registry;
import dev.chandlery.registry.blob.FileBlobStorage;
import dev.chandlery.registry.http.HttpServer;
import dev.chandlery.registry.http.JettyHttpServer;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.route.Router;
import dev.chandlery.registry.sql.SqliteMetadata;
import dev.chandlery.registry.upload.UploadSessions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** A registry that serves the folder it has the lock of. */
public final class RegistryServer implements AutoCloseable {
    private final StorageLock lock;
    private final MetadataStore metadata;
    private final Maintenance maintenance;
    private final HttpServer http;
    private final Registry address;
    private final AtomicBoolean closing = new AtomicBoolean();

    private RegistryServer(StorageLock lock, MetadataStore metadata, Maintenance maintenance,
            HttpServer http, Registry address) {
        this.lock = lock;
        this.metadata = metadata;
        this.maintenance = maintenance;
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
        Deque<Runnable> undo = new ArrayDeque<>(List.of(lock::close));
        boolean started = false;
        try {
            MetadataStore metadata = SqliteMetadata.open(lock.folder());
            undo.push(metadata::close);
            RegistryServer server = start(lock, metadata, options);
            started = true;
            return server;
        } finally {
            if (!started) {
                undo.forEach(Runnable::run);
            }
        }
    }

    private static RegistryServer start(StorageLock lock, MetadataStore metadata,
            ServerOptions options) {
        FileBlobStorage storage = FileBlobStorage.open(lock.folder());
        UploadSessions sessions = new UploadSessions(metadata.sessions(), storage, options
                .limits(), options.clock());
        sessions.dropLeftovers();
        String instance = UUID.randomUUID().toString();
        HttpServer http = JettyHttpServer.start(options.http(), new Router(Routes.all(metadata,
                storage, sessions, options, instance), options.authorizer()));
        Registry address = new Registry(reachable(options.http().host()), http.port());
        Maintenance maintenance = new Maintenance(metadata, storage, sessions, options.clock());
        RegistryServer server = new RegistryServer(lock, metadata, maintenance, http, address);
        boolean announced = false;
        try {
            new Announcement(address, instance).write(lock.folder());
            announced = true;
        } finally {
            if (!announced) {
                http.close();
            }
        }
        maintenance.start();
        return server;
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

    /** Lets running requests finish within the configured time, ends, and gives the folder back; idempotent. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try (lock; metadata; maintenance; http) {
            System.getLogger(RegistryServer.class.getName())
                    .log(System.Logger.Level.DEBUG, "registry at {0} stops", address);
        }
    }
}
