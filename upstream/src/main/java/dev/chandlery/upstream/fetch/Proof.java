package dev.chandlery.upstream.fetch;

import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.StorageException;
import dev.chandlery.upstream.FileHashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Compares what came with what upstream states. */
public final class Proof {

    private Proof() {}

    /**
     * Compares a digest that upstream states.
     *
     * @throws ContentMismatchException with both digests when they differ
     */
    public static void require(String fileName, Digest expected, FileHashes.Result actual) {
        Digest computed = actual.like(expected);
        if (!computed.equals(expected)) {
            throw new ContentMismatchException(fileName, expected.toString(), computed.toString());
        }
    }

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
