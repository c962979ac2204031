package dev.chandlery.upstream.fetch;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Files that are kept only when they are proven. */
public final class Unproven {

    private Unproven() {}

    /** Runs a check of a file; the file is removed when it fails. */
    public static <T> T orRemove(Path file, Supplier<T> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException io) {
                e.addSuppressed(new StorageException("cannot remove " + file, io));
            }
            throw e;
        }
    }
}
