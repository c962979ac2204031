package dev.chandlery.publisher.pack;

import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collects entries of one archive: files under numbers in a folder of ours, names only in memory. Counts
 * what comes in against the limits. Not thread-safe.
 */
final class ArchiveFolder {
    private static final int BUFFER = 64 * 1024;

    private final String archive;
    private final long archiveBytes;
    private final Path folder;
    private final ArchiveLimits limits;
    private final SortedMap<String, ArchiveEntry> entries = new TreeMap<>();
    private int count;
    private long bytes;

    /**
     * @param archive its file name, for messages
     * @param archiveBytes its size
     * @param folder empty, removed by the caller
     */
    ArchiveFolder(String archive, long archiveBytes, Path folder, ArchiveLimits limits) {
        this.archive = archive;
        this.archiveBytes = archiveBytes;
        this.folder = folder;
        this.limits = limits;
    }

    /** All files and links by path. */
    SortedMap<String, ArchiveEntry> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }

    /** A folder: only its name is checked, as folders come from the files in them. */
    void folder(String name) {
        countEntry();
        EntryPath.check(archive, name);
    }

    void file(String name, boolean executable, InputStream content) throws IOException {
        String path = enter(name);
        Path file = folder.resolve(String.format("%06d", count));
        long size = store(path, content, file);
        put(new ArchiveEntry.File(path, file, size, executable));
    }

    void symbolicLink(String name, String target) {
        String path = enter(name);
        if (!target.startsWith("/")) {
            EntryPath.resolve(archive, path, target);
        }
        put(new ArchiveEntry.Link(path, target));
    }

    /** A second name for a file that came before; the name counts from the archive's root. */
    void hardLink(String name, String target) {
        String path = enter(name);
        if (!(entries.get(EntryPath.check(archive, target)) instanceof ArchiveEntry.File file)) {
            throw refused(name, "is a hard link to \"" + EntryPath.shown(target)
                    + "\", which is no file before it");
        }
        put(new ArchiveEntry.File(path, file.content(), file.size(), file.executable()));
    }

    MalformedContentException refused(String name, String problem) {
        return new MalformedContentException("cannot open " + archive + ": entry \"" + EntryPath
                .shown(name) + "\" " + problem);
    }

    private String enter(String name) {
        countEntry();
        String path = EntryPath.check(archive, name);
        if (path.isEmpty()) {
            throw refused(name, "has no name");
        }
        return path;
    }

    private void put(ArchiveEntry entry) {
        if (entries.putIfAbsent(entry.path(), entry) != null) {
            throw refused(entry.path(), "is there twice");
        }
    }

    private void countEntry() {
        count++;
        if (count > limits.entries()) {
            throw new LimitExceededException("cannot open " + archive + ": more than "
                    + limits.entries() + " entries");
        }
    }

    private long store(String path, InputStream content, Path file) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (OutputStream out = create(file)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                size += n;
                bytes += n;
                checkBytes(path);
                write(out, buffer, n);
            }
        }
        return size;
    }

    private OutputStream create(Path file) {
        try {
            return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** A full disk here says nothing about the archive. */
    private void write(OutputStream out, byte[] buffer, int length) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private StorageException unwritable(IOException e) {
        return new StorageException("cannot open " + archive + ": cannot write to " + folder + ": "
                + e.getMessage(), e);
    }

    private void checkBytes(String path) {
        boolean bomb = bytes > limits.ratioFrom() && bytes > limits.ratio() * archiveBytes;
        if (bomb || bytes > limits.bytes()) {
            throw new LimitExceededException("cannot open " + archive + ": at entry \"" + EntryPath
                    .shown(path) + "\" " + bytes + " bytes came out of " + archiveBytes);
        }
    }
}
