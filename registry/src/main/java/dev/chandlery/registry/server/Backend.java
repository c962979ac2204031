package dev.chandlery.registry.server;

import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.cache.CachedMetadata;
import dev.chandlery.registry.collect.GarbageCollector;
import dev.chandlery.registry.collect.Round;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.upload.UploadSessions;

/** All of a registry but the HTTP server. */
record Backend(MetadataStore metadata, BlobStorage storage, UploadSessions sessions,
        Maintenance maintenance) implements AutoCloseable {

    /** Opens the storage, and clears away what a killed process left there. */
    static Backend open(StorageSettings settings, ServerOptions options) {
        RegistryStorage storage = RegistryStorage.open(settings, options.clock());
        boolean opened = false;
        try {
            MetadataStore metadata = settings.isShared()
                    ? storage.metadata()
                    : new CachedMetadata(storage.metadata());
            UploadSessions sessions = new UploadSessions(metadata.sessions(), storage.blobs(),
                    options.policies().limits(), options.clock());
            if (!settings.isShared()) { // else they may be of another process
                sessions.dropLeftovers();
                if (!options.policies().quotas().isEmpty()) {
                    sessions.countStaged();
                }
            }
            opened = true;
            return new Backend(metadata, storage.blobs(), sessions, new Maintenance(
                    new Round(new GarbageCollector(metadata, storage.blobs(), sessions, options
                            .clock()), metadata, options.clock()), options.policies()
                                    .collection()));
        } finally {
            if (!opened) {
                storage.close();
            }
        }
    }

    @Override
    public void close() {
        try (metadata; storage) {
            maintenance.close();
        }
    }
}
