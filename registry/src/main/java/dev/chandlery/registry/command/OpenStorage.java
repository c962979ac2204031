package dev.chandlery.registry.command;

import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.collect.GarbageCollector;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.server.RegistryStorage;
import dev.chandlery.registry.server.StorageSettings;
import dev.chandlery.registry.upload.UploadLimits;
import dev.chandlery.registry.upload.UploadSessions;
import java.time.Clock;

/** Storage as a command works on it, beside a registry or alone. */
record OpenStorage(RegistryStorage storage, Clock clock) implements AutoCloseable {

    static OpenStorage of(StorageSettings settings) {
        return new OpenStorage(RegistryStorage.open(settings), Clock.systemUTC());
    }

    MetadataStore metadata() {
        return storage.metadata();
    }

    BlobStorage blobs() {
        return storage.blobs();
    }

    GarbageCollector collector() {
        UploadSessions sessions = new UploadSessions(metadata().sessions(), blobs(),
                UploadLimits.DEFAULTS, clock);
        return new GarbageCollector(metadata(), blobs(), sessions, clock);
    }

    @Override
    public void close() {
        storage.close();
    }
}
