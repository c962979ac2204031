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

/** Moves a finished tree into a folder that may have files already; each file changes at once. */
final class FolderMerge extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path into;

    private FolderMerge(Path from, Path into) {
        this.from = from;
        this.into = into;
    }

    /** @param from on the same file system as {@code into} */
    static void move(Path from, Path into) throws IOException {
        Files.walkFileTree(from, new FolderMerge(from, into));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
            throws IOException {
        Path target = into.resolve(from.relativize(folder).toString());
        boolean top = folder.equals(from);
        if (!top && Files.isSymbolicLink(target)) {
            throw new StorageException("cannot pull into " + target
                    + ": it is a link, which would be followed");
        }
        if (!Files.isDirectory(target, top
                ? new LinkOption[0]
                : new LinkOption[]{LinkOption.NOFOLLOW_LINKS})) {
            Files.createDirectory(target);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
            throws IOException {
        Path target = into.resolve(from.relativize(file).toString());
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new StorageException("cannot pull " + target + ": a folder is in its place");
        }
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return FileVisitResult.CONTINUE;
    }
}
