package dev.chandlery.registry.server;

import dev.chandlery.oci.Registry;
import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.blob.FileBlobStorage;
import dev.chandlery.registry.cache.ManifestContent;
import dev.chandlery.registry.http.HttpServer;
import dev.chandlery.registry.http.HttpServerOptions;
import dev.chandlery.registry.http.JettyHttpServer;
import dev.chandlery.registry.http.PortChoice;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.route.Admission;
import dev.chandlery.registry.route.RequestObserver;
import dev.chandlery.registry.route.Router;
import dev.chandlery.registry.sql.SqliteMetadata;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * A registry that shows a folder as it is and changes nothing there, not even a lock: the metadata is a
 * private copy, the blobs are read in place. Requests that write are refused.
 */
public final class ReadOnlyServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final PrivateFolder copy;
    private final MetadataStore metadata;
    private final HttpServer http;

    private ReadOnlyServer(PrivateFolder copy, MetadataStore metadata, HttpServer http) {
        this.copy = copy;
        this.metadata = metadata;
        this.http = http;
    }

    /**
     * Starts on loopback.
     *
     * @param storage need not exist: it is empty then
     * @throws StorageException when the folder cannot be read, or is written to all the time
     */
    public static ReadOnlyServer start(Path storage) {
        PrivateFolder copy = PrivateFolder.make();
        boolean started = false;
        try {
            MetadataCopy.take(storage, copy.path());
            ReadOnlyServer server = start(storage, copy);
            started = true;
            return server;
        } finally {
            if (!started) {
                copy.close();
            }
        }
    }

    private static ReadOnlyServer start(Path storage, PrivateFolder copy) {
        MetadataStore metadata = SqliteMetadata.open(copy.path());
        boolean started = false;
        try {
            AccessControl access = AccessControl.of(new AccessOptions.OpenToLoopback(), metadata,
                    Clock.systemUTC());
            FileBlobStorage blobs = FileBlobStorage.readOnly(storage);
            Routes routes = new Routes(metadata, metadata.blobs(), blobs, new ManifestContent(
                    blobs), access);
            String instance = UUID.randomUUID().toString();
            Router router = new Router(routes.reading(instance), routes.hidden(
                    instance),
                    new Router.Gatekeeper(access.authorizer(), Admission.UNLIMITED),
                    RequestObserver.all(List.of()));
            HttpServer http = JettyHttpServer.start(HttpServerOptions.of(LOOPBACK,
                    PortChoice.ANY), router);
            started = true;
            return new ReadOnlyServer(copy, metadata, http);
        } finally {
            if (!started) {
                metadata.close();
            }
        }
    }

    /** Where this machine reaches it, plain HTTP. */
    public Registry address() {
        return new Registry(LOOPBACK, http.port());
    }

    @Override
    public void close() {
        http.close();
        metadata.close();
        copy.close();
    }
}
