package dev.chandlery.cli.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that another user's collector reads. */
final class Permissions {

    private Permissions() {}

    /** Readable by everybody; temporary files are their owner's only. */
    static void readable(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (UnsupportedOperationException _) {
            return; // this file system has no such thing
        }
    }
}
