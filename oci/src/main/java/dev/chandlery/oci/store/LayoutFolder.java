package dev.chandlery.oci.store;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.api.Endpoints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The files {@code oci-layout} and {@code index.json} of a layout.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Image Layout.
 *
 * @param files below the layout's folder
 * @param name of the layout, for messages
 */
record LayoutFolder(DurableFiles files, String name) {
    private static final int MAX_MARKER_BYTES = 64 * 1024;

    /** The file that says that the folder is a layout, and that is locked for changes. */
    Path marker() {
        return files.root().resolve("oci-layout");
    }

    boolean isLayout() {
        return Files.exists(marker());
    }

    /** Makes an empty layout in a folder that is absent or empty; of several at once, one does it. */
    void create() {
        try {
            Files.createDirectories(files.root());
            refuseForeignFolder();
            files.createIfAbsent(marker(), LayoutMarker.CONTENT.toArray());
        } catch (IOException e) {
            throw Failures.storage("create " + name, e);
        }
    }

    /** Refuses a folder that is no layout, or one of a version that is not known. */
    void requireLayout() {
        try (InputStream in = Files.newInputStream(marker())) {
            LayoutMarker.require(Bytes.of(in.readNBytes(MAX_MARKER_BYTES)), name);
        } catch (NoSuchFileException _) {
            throw new ContentNotFoundException("cannot open " + name
                    + ": not an OCI layout, it has no file oci-layout");
        } catch (IOException e) {
            throw Failures.storage("open " + name, e);
        }
    }

    boolean hasIndex() {
        return Files.exists(index());
    }

    /** Removes what pushes left unfinished that touched nothing since then. */
    void reap(Instant since) {
        try {
            files.reap(since);
        } catch (IOException e) {
            throw Failures.storage("clean up " + name, e);
        }
    }

    /** The bytes of {@code index.json}; those of an empty one when it is not there yet. */
    Bytes readIndex() {
        try (InputStream in = Files.newInputStream(index())) {
            return Bytes.of(in.readNBytes(Endpoints.MAX_LAYOUT_INDEX_BYTES + 1));
        } catch (NoSuchFileException _) {
            return LayoutIndex.EMPTY.raw(name);
        } catch (IOException e) {
            throw Failures.storage("read index.json of " + name, e);
        }
    }

    void writeIndex(LayoutIndex index) {
        Bytes raw = index.raw(name);
        try {
            files.replace(index(), raw.toArray());
        } catch (IOException e) {
            throw Failures.storage("write index.json of " + name, e);
        }
    }

    private Path index() {
        return files.root().resolve("index.json");
    }

    // Someone's home or sources, named by mistake, must not be filled with blobs.
    private void refuseForeignFolder() throws IOException {
        try (Stream<Path> found = Files.list(files.root())) {
            boolean foreign = found.anyMatch(file -> !file.equals(files.unfinished()));
            if (foreign && !isLayout()) {
                throw new StorageException("cannot create " + name
                        + ": the folder holds other files; name an empty one");
            }
        }
    }
}
