package dev.chandlery.cli.state;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Room for what a run downloads and packs. It holds a lock while it is open, so that the next run can tell
 * the rooms of runs that were killed and remove them.
 */
public final class WorkFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String ROOM = "run-";
    private static final Duration YOUNG = Duration.ofHours(1);
    /** Open rooms of this process: to touch their locks would release them, as POSIX has it. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private WorkFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Makes a new room below {@code parent} and removes those that nobody holds any more.
     *
     * @throws StorageException when the parent cannot be written
     */
    public static WorkFolder open(Path parent) {
        synchronized (WorkFolder.class) {
            try {
                Files.createDirectories(parent);
                return openLocked(parent);
            } catch (IOException e) {
                throw new StorageException("cannot make a work folder in " + parent + ": " + e, e);
            }
        }
    }

    /**
     * Makes a new room in a folder that is not ours alone, and removes those that runs which were killed left
     * there. Nothing stays in the folder when the room is closed.
     *
     * @param prefix of the names of such rooms, which nobody else uses
     * @throws StorageException when the folder cannot be written
     */
    public static WorkFolder within(Path parent, String prefix) {
        synchronized (WorkFolder.class) {
            try {
                reapAbandoned(parent, prefix, YOUNG);
                return make(parent, prefix);
            } catch (IOException e) {
                throw new StorageException("cannot make a work folder in " + parent + ": " + e, e);
            }
        }
    }

    /** Under the parent's lock no other run can find a room before its own lock is taken. */
    private static WorkFolder openLocked(Path parent) throws IOException {
        try (FileChannel door = FileChannel.open(parent.resolve(LOCK), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock _ = door.lock()) {
            reapAbandoned(parent, ROOM, Duration.ZERO);
            return make(parent, ROOM);
        }
    }

    private static WorkFolder make(Path parent, String prefix) throws IOException {
        Path folder = Files.createTempDirectory(parent, prefix);
        FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
        channel.lock();
        HELD.add(folder.toRealPath());
        return new WorkFolder(folder.toRealPath(), channel);
    }

    /** A new, empty folder for one item. */
    public Path newFolder() {
        try {
            return Files.createTempDirectory(folder, "item-");
        } catch (IOException e) {
            throw new StorageException("cannot make a folder in " + folder + ": " + e, e);
        }
    }

    /**
     * Removes a folder of {@link #newFolder}; links are removed, not followed. What another removes meanwhile
     * is fine.
     */
    public static void remove(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                        throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e)
                        throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
                        throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new StorageException("cannot remove " + folder + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try (channel) {
            remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD.remove(folder);
        }
    }

    /** @param young age up to which a room without a lock may be one that is just being made */
    private static void reapAbandoned(Path parent, String prefix, Duration young)
            throws IOException {
        List<Path> rooms;
        try (Stream<Path> listed = Files.list(parent)) {
            rooms = listed.filter(path -> isRoom(path, prefix)).toList();
        }
        for (Path room : rooms) {
            if (isAbandoned(room, young)) {
                remove(room);
            }
        }
    }

    private static boolean isRoom(Path path, String prefix) {
        return path.getFileName().toString().startsWith(prefix) && Files.isDirectory(path,
                LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isAbandoned(Path room, Duration young) throws IOException {
        if (isHeld(room)) {
            return false;
        }
        try (FileChannel other = FileChannel.open(room.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock taken = other.tryLock()) {
            return taken != null;
        } catch (OverlappingFileLockException _) {
            return false; // a run in this very process
        } catch (NoSuchFileException _) {
            return isOlder(room, young); // killed before it came to the lock, or removing the room
        }
    }

    private static boolean isOlder(Path room, Duration age) throws IOException {
        try {
            return !Files.getLastModifiedTime(room).toInstant().plus(age).isAfter(Instant.now());
        } catch (NoSuchFileException _) {
            return true;
        }
    }

    private static boolean isHeld(Path room) throws IOException {
        try {
            return HELD.contains(room.toRealPath());
        } catch (NoSuchFileException _) {
            return false; // closed since it was listed
        }
    }
}
