package dev.chandlery.registry.server;

import dev.chandlery.registry.s3.S3Server;
import dev.chandlery.registry.sql.PostgresServer;
import java.nio.file.Path;

/** All ways to keep what a registry has; tests that speak HTTP run on each. */
enum StorageKind {
    FILES_AND_SQLITE,
    S3_AND_SQLITE,
    FILES_AND_POSTGRES,
    S3_AND_POSTGRES;

    /** Empty storage of that kind; what is local is in the folder. */
    StorageSettings make(Path folder) {
        return switch (this) {
            case FILES_AND_SQLITE -> StorageSettings.inFolder(folder);
            case S3_AND_SQLITE -> StorageSettings.inFolder(folder).withBlobs(s3());
            case FILES_AND_POSTGRES -> StorageSettings.inFolder(folder).withMetadata(postgres());
            case S3_AND_POSTGRES -> new StorageSettings(s3(), postgres());
        };
    }

    private static StorageSettings.Blobs s3() {
        return new StorageSettings.Blobs.S3(S3Server.bucket());
    }

    private static StorageSettings.Metadata postgres() {
        return new StorageSettings.Metadata.Postgres(PostgresServer.database());
    }
}
