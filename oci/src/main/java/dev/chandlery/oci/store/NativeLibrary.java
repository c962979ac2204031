package dev.chandlery.oci.store;

import dev.chandlery.oci.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A native library that a driver copies out of its jar into a file, which it deletes when the program ends, and not
 * when it is killed. So it gets a folder of its own, which goes as soon as the library is loaded; where files
 * in use cannot be deleted, the driver does it later.
 *
 * <p><b>Concurrency:</b> thread-safe; one is loaded at a time in the whole program, as the folder is told to the driver
 * by a system property.
 */
public final class NativeLibrary {
    private static final ReentrantLock LOADING = new ReentrantLock();

    private final String name;
    private final String folderProperty;
    private final List<String> chosen;
    private final Loader loader;
    private boolean loaded;

    /** What makes the driver load it; it does nothing when it is loaded already. */
    @FunctionalInterface
    public interface Loader {
        void load() throws Exception;
    }

    /**
     * @param name for messages
     * @param folderProperty system property that says where the driver makes its copy
     * @param libraryProperty system property by which users name a library of their own; none of these is overruled
     */
    public NativeLibrary(String name, String folderProperty, String libraryProperty,
            Loader loader) {
        this.name = name;
        this.folderProperty = folderProperty;
        this.chosen = List.of(folderProperty, libraryProperty);
        this.loader = loader;
    }

    /**
     * Loads it, once; afterwards nothing of it is left in the folder for temporary files.
     *
     * @throws StorageException if it cannot be loaded
     */
    public void load() {
        LOADING.lock();
        try {
            if (!loaded && chosen.stream().allMatch(p -> System.getProperty(p) == null)) {
                loadFromOwnFolder();
            }
            loaded = true;
        } finally {
            LOADING.unlock();
        }
    }

    private void loadFromOwnFolder() {
        try {
            Path folder = Files.createTempDirectory("chandlery-library-");
            System.setProperty(folderProperty, folder.toString());
            try {
                loader.load();
            } finally {
                System.clearProperty(folderProperty);
                delete(folder);
            }
        } catch (Exception e) { // drivers declare Exception
            throw new StorageException("cannot load " + name + "'s native library: " + e
                    .getMessage(), e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException _) {
            folder.toFile().deleteOnExit(); // in use; after the driver's own files
        }
    }
}
