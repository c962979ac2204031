package dev.chandlery.manager.pull;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Moves a finished tree into a folder that may have files already. What is in the way is found before
 * anything is moved; then each file changes at once.
 */
final class FolderMerge extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path into;
    private final boolean moving;

    private FolderMerge(Path from, Path into, boolean moving) {
        this.from = from;
        this.into = into;
        this.moving = moving;
    }

    /**
     * Moves everything below a folder.
     *
     * @param from on the same file system as {@code into}
     * @throws StorageException when something of another kind is in a place; nothing is moved then
     */
    static void move(Path from, Path into) throws IOException {
        Files.walkFileTree(from, new FolderMerge(from, into, false));
        Files.walkFileTree(from, new FolderMerge(from, into, true));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
            throws IOException {
        if (folder.equals(from)) {
            return FileVisitResult.CONTINUE;
        }
        Path target = target(folder);
        if (Files.isSymbolicLink(target)) {
            throw new StorageException("cannot pull into " + target
                    + ": it is a link, which would be followed");
        }
        if (Files.isDirectory(target)) {
            return FileVisitResult.CONTINUE;
        }
        if (Files.exists(target)) {
            throw new StorageException("cannot pull into " + target + ": a file is in its place");
        }
        if (moving) {
            Files.createDirectory(target);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
            throws IOException {
        Path target = target(file);
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new StorageException("cannot pull " + target + ": a folder is in its place");
        }
        if (moving) {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return FileVisitResult.CONTINUE;
    }

    private Path target(Path path) {
        return into.resolve(from.relativize(path).toString());
    }
}
