package dev.chandlery.registry.server;

import dev.chandlery.registry.s3.S3Settings;
import dev.chandlery.registry.sql.PostgresSettings;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where a registry keeps what it has. All four combinations work; several processes may serve at a time
 * when both are services, one process at a time when one is in a folder.
 *
 * @param blobs where content is
 * @param metadata where the rest is
 */
public record StorageSettings(Blobs blobs, Metadata metadata) {

    /** Where content is. */
    public sealed interface Blobs {
        /** Files below that folder, which is made when it is not there. */
        record Files(Path folder) implements Blobs {}

        /** Objects in a bucket, which is there. */
        record S3(S3Settings settings) implements Blobs {}
    }

    /** Where repositories, tags, memberships, upload sessions, tokens are. */
    public sealed interface Metadata {
        /** A file in that folder, which is made when it is not there. */
        record Sqlite(Path folder) implements Metadata {}

        /** Tables in a database, which is there; the tables are made. */
        record Postgres(PostgresSettings settings) implements Metadata {}
    }

    public StorageSettings {
        Objects.requireNonNull(blobs);
        Objects.requireNonNull(metadata);
    }

    /** Everything in one folder: nothing to install. */
    public static StorageSettings inFolder(Path folder) {
        return new StorageSettings(new Blobs.Files(folder), new Metadata.Sqlite(folder));
    }

    public StorageSettings withBlobs(Blobs replaced) {
        return new StorageSettings(replaced, metadata);
    }

    public StorageSettings withMetadata(Metadata replaced) {
        return new StorageSettings(blobs, replaced);
    }

    /** Where it is: what messages may show. */
    public String place() {
        String content = switch (blobs) {
            case Blobs.Files(var folder) -> folder.toString();
            case Blobs.S3(var bucket) -> bucket.place();
        };
        return switch (metadata) {
            case Metadata.Sqlite(var folder) -> folders().size() == 1
                    && blobs instanceof Blobs.Files
                            ? content
                            : content + " and " + folder;
            case Metadata.Postgres(var database) -> content + " and " + database.place();
        };
    }

    /** Folders that one process at a time may serve. */
    public SortedSet<Path> folders() {
        SortedSet<Path> folders = new TreeSet<>();
        switch (blobs) {
            case Blobs.Files files -> folders.add(files.folder());
            case Blobs.S3 _ -> {
            }
        }
        switch (metadata) {
            case Metadata.Sqlite sqlite -> folders.add(sqlite.folder());
            case Metadata.Postgres _ -> {
            }
        }
        return folders;
    }

    /** Whether several processes may serve it at a time, so that none may remember what is recorded. */
    public boolean isShared() {
        return folders().isEmpty();
    }
}
