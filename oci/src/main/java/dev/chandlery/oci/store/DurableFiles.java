package dev.chandlery.oci.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Files that are absent or whole, also after a loss of power: written and synced in a folder for what is
 * not finished, renamed, and the folder that they are then in synced.
 *
 * @param root folder below which all files are
 * @param unfinished folder on the same file system, made when it is needed
 */
record DurableFiles(Path root, Path unfinished) {

    /** A fresh file to write to, which {@link #commit} or {@link #discard} takes away. */
    Path create() throws IOException {
        Files.createDirectories(unfinished);
        return Files.createFile(unfinished.resolve(UUID.randomUUID().toString()));
    }

    /** Renames a synced file into its place, over what is there. */
    void commit(Path file, Path place) throws IOException {
        makeFolder(folderOf(place));
        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folderOf(place));
    }

    /** Replaces a small file as a whole. */
    void replace(Path place, byte[] content) throws IOException {
        Path file = create();
        try {
            write(file, content);
            commit(file, place);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** As {@link #replace}, but what is there stays: of several at once, one wins. */
    void createIfAbsent(Path place, byte[] content) throws IOException {
        Path file = create();
        try {
            write(file, content);
            Files.createLink(place, file);
            syncFolder(folderOf(place));
        } catch (FileAlreadyExistsException _) {
            // Another one was first.
        } catch (UnsupportedOperationException _) {
            Files.move(file, place);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Removes an unfinished file; what cannot be removed is reaped later. */
    static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // The failure that led here is the one to be told.
        }
    }

    /** Removes what others left unfinished and did not touch since then. */
    void reap(Instant since) throws IOException {
        if (!Files.isDirectory(unfinished)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(unfinished)) {
            files = found.toList();
        }
        for (Path file : files) {
            if (isOlder(file, since)) {
                discard(file);
            }
        }
    }

    private static boolean isOlder(Path file, Instant since) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(since);
        } catch (NoSuchFileException _) {
            // Finished or reaped by another one just now.
            return false;
        }
    }

    private void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder);
        for (Path at = folder; !at.equals(root); at = folderOf(at)) {
            syncFolder(folderOf(at));
        }
    }

    private static Path folderOf(Path place) {
        return Objects.requireNonNull(place.getParent(), "a place below the root has a parent");
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Windows can sync no folder, and needs not. */
    private static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
