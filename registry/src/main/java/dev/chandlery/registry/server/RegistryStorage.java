package dev.chandlery.registry.server;

import dev.chandlery.registry.blob.BlobStorage;
import dev.chandlery.registry.blob.FileBlobStorage;
import dev.chandlery.registry.metadata.MetadataStore;
import dev.chandlery.registry.s3.S3BlobStorage;
import dev.chandlery.registry.sql.PostgresMetadata;
import dev.chandlery.registry.sql.SqliteMetadata;
import java.time.InstantSource;

/** All that a registry keeps, open; closed by who opened it. */
public record RegistryStorage(MetadataStore metadata, BlobStorage blobs) implements AutoCloseable {

    /** Opens it by the system's clock, as {@link #open(StorageSettings, InstantSource)} does. */
    public static RegistryStorage open(StorageSettings settings) {
        return open(settings, InstantSource.system());
    }

    /**
     * Opens it, and makes what is not there yet. Locks are the caller's business: programs that only
     * look after storage work beside a registry.
     *
     * @param clock that files of content get their age from
     * @throws dev.chandlery.oci.StorageException when it cannot be used, or database and content are of
     *     different registries
     * @throws dev.chandlery.oci.TransferException when a service does not answer
     */
    public static RegistryStorage open(StorageSettings settings, InstantSource clock) {
        MetadataStore metadata = switch (settings.metadata()) {
            case StorageSettings.Metadata.Sqlite(var folder) -> SqliteMetadata.open(folder);
            case StorageSettings.Metadata.Postgres(var database) -> PostgresMetadata.open(database);
        };
        boolean opened = false;
        try {
            new StorageIdentity(metadata.facts()).check(settings);
            BlobStorage blobs = switch (settings.blobs()) {
                case StorageSettings.Blobs.Files(var folder) -> FileBlobStorage.open(folder,
                        clock);
                case StorageSettings.Blobs.S3(var bucket) -> S3BlobStorage.open(bucket, metadata
                        .sessions()
                        .chunks());
            };
            opened = true;
            return new RegistryStorage(metadata, blobs);
        } finally {
            if (!opened) {
                metadata.close();
            }
        }
    }

    @Override
    public void close() {
        try (metadata) {
            blobs.close();
        }
    }
}
