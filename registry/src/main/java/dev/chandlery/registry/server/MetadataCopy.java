package dev.chandlery.registry.server;

import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.sql.SqliteMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies a database that nobody has locked for us: if a file changed while it was copied, all are copied
 * again. The write-ahead log belongs to it; the index of that log does not, SQLite makes it anew.
 */
final class MetadataCopy {
    private static final List<String> FILES = List.of(SqliteMetadata.FILE_NAME,
            SqliteMetadata.FILE_NAME + "-wal");
    private static final int MAX_TRIES = 20;
    private static final int PAUSE_MILLIS = 100;

    private record State(String name, long size, FileTime changed) {}

    private MetadataCopy() {}

    /** @throws StorageException when it cannot be read or never stands still */
    static void take(Path storage, Path copy) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            try {
                List<State> before = states(storage);
                for (State file : before) {
                    Files.copy(storage.resolve(file.name()), copy.resolve(file.name()),
                            StandardCopyOption.REPLACE_EXISTING);
                }
                if (states(storage).equals(before)) {
                    return;
                }
                clear(copy);
                Thread.sleep(PAUSE_MILLIS);
            } catch (NoSuchFileException _) {
                // The log was merged meanwhile: once more.
            } catch (IOException e) {
                throw new StorageException("cannot read registry metadata in " + storage + ": " + e
                        .getMessage(), e);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new OperationCancelledException("cannot read registry metadata: interrupted");
            }
        }
        throw new StorageException("cannot read registry metadata in " + storage
                + ": another process writes to it all the time", new IllegalStateException(
                        "changed during each of " + MAX_TRIES + " copies"));
    }

    private static void clear(Path copy) throws IOException {
        for (String name : FILES) {
            Files.deleteIfExists(copy.resolve(name));
        }
    }

    private static List<State> states(Path storage) throws IOException {
        List<State> states = new ArrayList<>();
        for (String name : FILES) {
            Path file = storage.resolve(name);
            if (Files.exists(file)) {
                states.add(new State(name, Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        return states;
    }
}
