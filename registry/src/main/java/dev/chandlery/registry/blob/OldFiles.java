package dev.chandlery.registry.blob;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Visits files that did not change since some time; those that vanish meanwhile are not missed. */
final class OldFiles extends SimpleFileVisitor<Path> {
    private final Instant before;
    private final Consumer<Path> visitor;

    private OldFiles(Instant before, Consumer<Path> visitor) {
        this.before = before;
        this.visitor = visitor;
    }

    /** Looks that many levels below the folder. */
    static void visit(Path folder, int depth, Instant before, Consumer<Path> visitor)
            throws IOException {
        Files.walkFileTree(folder, Set.of(), depth, new OldFiles(before, visitor));
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && attributes.lastModifiedTime()
                .toInstant()
                .isBefore(
                        before)) {
            visitor.accept(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
            throws IOException {
        if (failure == null || failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
