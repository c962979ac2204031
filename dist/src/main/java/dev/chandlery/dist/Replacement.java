package dev.chandlery.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** Puts files in place whole: a program that runs from the old file goes on with it. */
final class Replacement {
    /** Of every installed file, so that equal builds are equal; caches remember the times of jars. */
    static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private Replacement() {}

    static void copy(Path source, Path target) throws IOException {
        write(target, temporary -> Files.copy(source, temporary,
                StandardCopyOption.REPLACE_EXISTING));
    }

    static void write(Path target, Writer writer) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        Path temporary = target.resolveSibling("." + target.getFileName() + ".new");
        writer.write(temporary);
        Files.setLastModifiedTime(temporary, TIME);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes the content to a path. */
    interface Writer {
        void write(Path temporary) throws IOException;
    }
}
