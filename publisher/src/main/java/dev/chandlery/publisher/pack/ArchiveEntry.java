package dev.chandlery.publisher.pack;

import java.nio.file.Path;

/** A file or link inside an asset, under the path that the asset gives it. */
sealed interface ArchiveEntry {

    /** Relative, with {@code /}, without {@code .} and {@code ..}. */
    String path();

    /**
     * A file.
     *
     * @param content where its bytes lie on our disk
     * @param size in bytes
     * @param executable as the archive says
     */
    record File(String path, Path content, long size, boolean executable) implements ArchiveEntry {}

    /**
     * A symbolic link.
     *
     * @param target as the archive has it; relative ones stay inside the archive
     */
    record Link(String path, String target) implements ArchiveEntry {}
}
