package dev.chandlery.registry.server;

import dev.chandlery.registry.blob.FileBlobStorage;
import dev.chandlery.registry.cache.CachedMetadata;
import dev.chandlery.registry.cache.ManifestContent;
import dev.chandlery.registry.collect.CollectionSettings;
import dev.chandlery.registry.collect.GarbageCollector;
import dev.chandlery.registry.http.HttpHandler;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.route.Admission;
import dev.chandlery.registry.route.RequestObserver;
import dev.chandlery.registry.route.Router;
import dev.chandlery.registry.sql.SqliteMetadata;
import dev.chandlery.registry.upload.UploadSessions;
import java.nio.file.Path;
import java.util.List;

/** All of a registry but the HTTP server. */
record Backend(MetadataStore metadata, FileBlobStorage storage, UploadSessions sessions,
        Maintenance maintenance) implements AutoCloseable {

    /** Opens the folder, and clears away what a killed process left there. */
    static Backend open(Path folder, ServerOptions options) {
        MetadataStore metadata = new CachedMetadata(SqliteMetadata.open(folder));
        boolean opened = false;
        try {
            FileBlobStorage storage = FileBlobStorage.open(folder);
            UploadSessions sessions = new UploadSessions(metadata.sessions(), storage, options
                    .limits(), options.clock());
            sessions.dropLeftovers();
            opened = true;
            return new Backend(metadata, storage, sessions, new Maintenance(new GarbageCollector(
                    metadata, storage, sessions, options.clock()), CollectionSettings.DEFAULTS));
        } finally {
            if (!opened) {
                metadata.close();
            }
        }
    }

    HttpHandler handler(ServerOptions options, String instance) {
        AccessControl access = AccessControl.of(options.access(), metadata, options.clock());
        Routes routes = new Routes(metadata, storage, new ManifestContent(storage), access);
        return new Router(routes.all(sessions, options.clock(), instance), routes.hidden(instance),
                new Router.Gatekeeper(access.authorizer(), Admission.UNLIMITED),
                RequestObserver.all(List.of()));
    }

    @Override
    public void close() {
        try (metadata) {
            maintenance.close();
        }
    }
}
