package dev.chandlery.cli.metrics;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.TreeMap;

/**
 * Sums of all runs of a cache folder, in {@code state/metrics.prom}. A command lives for seconds: what it counts
 * itself would begin at 0 each time, and no rate could be taken of it.
 *
 * <p><b>Concurrency:</b> programs add one after another, under a lock.
 */
final class Totals {
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final Path folder;
    private final Path file;

    /** @param cache folder; made when something is added */
    Totals(Path cache) {
        this.folder = cache.resolve("state");
        this.file = folder.resolve("metrics.prom");
    }

    /**
     * Adds a run's figures.
     *
     * @return the sums, as text
     * @throws StorageException when the folder cannot be written
     */
    String add(String figures) {
        synchronized (Totals.class) {
            try {
                Files.createDirectories(folder);
                try (FileChannel channel = FileChannel.open(folder.resolve("metrics.lock"),
                        StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock _ = channel.lock()) {
                    String sums = read().plus(Exposition.parse(figures)).text();
                    replace(file, sums);
                    return sums;
                }
            } catch (IOException e) {
                throw new StorageException("cannot write " + file + ": " + e, e);
            }
        }
    }

    /** What cannot be understood counts as nothing: sums begin anew, as after a restart. */
    private Exposition read() throws IOException {
        try {
            return Files.size(file) > MOST_BYTES
                    ? new Exposition(new TreeMap<>())
                    : Exposition.parse(Files.readString(file));
        } catch (NoSuchFileException | IllegalArgumentException _) {
            return new Exposition(new TreeMap<>());
        } catch (java.nio.charset.CharacterCodingException _) {
            return new Exposition(new TreeMap<>());
        }
    }

    /** At once: who reads meanwhile sees the file as it was. */
    static void replace(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("no folder");
        }
        Files.createDirectories(folder);
        // Collectors read what ends in .prom only.
        Path fresh = Files.createTempFile(folder, "." + file.getFileName() + ".", ".new");
        try {
            Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
            Permissions.readable(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
