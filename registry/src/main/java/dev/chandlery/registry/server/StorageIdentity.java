package dev.chandlery.registry.server;

import dev.chandlery.oci.StorageException;
import dev.chandlery.registry.blob.DurableFiles;
import dev.chandlery.registry.metadata.RegistryFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Which content a database describes. A node that brings other content, such as a folder of its own, would
 * miss what the others have, and collect what they need.
 */
record StorageIdentity(RegistryFacts facts) {
    private static final String FACT = "storage";
    private static final String FILE = "storage-id";

    /** @throws StorageException when the database is known to describe other content */
    void check(StorageSettings settings) {
        String mine = switch (settings.blobs()) {
            case StorageSettings.Blobs.Files(var folder) -> "folder " + idOf(folder, settings);
            case StorageSettings.Blobs.S3(var bucket) -> "s3://" + bucket.bucket() + "/" + bucket
                    .prefix();
        };
        String agreed = facts.agree(FACT, mine);
        if (!agreed.equals(mine)) {
            throw new StorageException("cannot open registry storage: expected the content that the"
                    + " database describes (" + agreed + "), got " + mine + "; if that content was"
                    + " moved there, change the row \"" + FACT + "\" of the table registry_fact",
                    new IllegalStateException("database and content do not belong together"));
        }
    }

    private static String idOf(Path folder, StorageSettings settings) {
        if (settings.equals(StorageSettings.inFolder(folder))) {
            return "of the database"; // moves with it
        }
        Path file = folder.resolve(FILE);
        try {
            DurableFiles.makeFolders(folder.toAbsolutePath());
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException _) {
            return newId(file);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static String newId(Path file) {
        String id = UUID.randomUUID().toString();
        try {
            DurableFiles.replace(file, (id + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed(file, e);
        }
        return id;
    }

    private static StorageException failed(Path file, IOException cause) {
        return new StorageException("cannot use " + file + ": " + cause.getMessage(), cause);
    }
}
