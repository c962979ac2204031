package dev.chandlery.upstream.fetch;

import dev.chandlery.config.Rung;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.StorageException;
import dev.chandlery.upstream.EvidenceFile;
import dev.chandlery.upstream.FileHashes;
import dev.chandlery.upstream.Verification;
import dev.chandlery.upstream.checksum.ChecksumFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /**
     * Proves a file by a checksum file that must name it.
     *
     * @param counted algorithms that count as proof
     * @throws ContentMismatchException when it has no such checksum, or another one
     */
    public static Verification byChecksumFile(String fileName, EvidenceFile checksums,
            List<Algorithm> counted, FileHashes.Result actual) {
        Digest expected = ChecksumFile.parse(checksums.content())
                .find(fileName, counted)
                .orElseThrow(() -> new ContentMismatchException(fileName, "its checksum in "
                        + checksums.name(), "none"));
        require(fileName, expected, actual);
        return new Verification(Rung.CHECKSUM_FILE, List.of(checksums), List.of());
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
