package dev.chandlery.registry.command;

import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.blob.FileBlobStorage;
import dev.chandlery.registry.collect.GarbageCollector;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.sql.SqliteMetadata;
import dev.chandlery.registry.upload.UploadLimits;
import dev.chandlery.registry.upload.UploadSessions;
import java.nio.file.Path;
import java.time.Clock;

/** Storage as a command works on it, beside a registry or alone. */
record OpenStorage(MetadataStore metadata, BlobStorage blobs, Clock clock)
        implements
        AutoCloseable {

    static OpenStorage of(Path folder) {
        FileBlobStorage blobs = FileBlobStorage.open(folder);
        return new OpenStorage(SqliteMetadata.open(folder), blobs, Clock.systemUTC());
    }

    GarbageCollector collector() {
        UploadSessions sessions = new UploadSessions(metadata.sessions(), blobs,
                UploadLimits.DEFAULTS, clock);
        return new GarbageCollector(metadata, blobs, sessions, clock);
    }

    @Override
    public void close() {
        metadata.close();
    }
}
