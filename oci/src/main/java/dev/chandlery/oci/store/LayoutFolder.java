package dev.chandlery.oci.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.ImageIndex;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.UnsupportedFeatureException;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.json.ManifestReader;
import dev.chandlery.oci.json.ManifestWriter;
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
    private static final String MARKER = "{\"imageLayoutVersion\":\"1.0.0\"}";
    private static final String SUPPORTED = "1.";
    private static final int MAX_MARKER_BYTES = 64 * 1024;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

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
            files.createIfAbsent(marker(), Bytes.ofUtf8(MARKER).toArray());
        } catch (IOException e) {
            throw Failures.storage("create " + name, e);
        }
    }

    /** Refuses a folder that is no layout, or one of a version that is not known. */
    void requireLayout() {
        String version;
        try (InputStream in = Files.newInputStream(marker())) {
            version = MAPPER.readTree(in.readNBytes(MAX_MARKER_BYTES))
                    .path("imageLayoutVersion")
                    .asText();
        } catch (NoSuchFileException _) {
            throw new ContentNotFoundException("cannot open " + name
                    + ": not an OCI layout, it has no file oci-layout");
        } catch (JsonProcessingException e) {
            throw new MalformedContentException("cannot open " + name + ": oci-layout is not JSON: "
                    + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw Failures.storage("open " + name, e);
        }
        if (!version.startsWith(SUPPORTED)) {
            throw new UnsupportedFeatureException("cannot open " + name
                    + ": expected imageLayoutVersion 1.0.0 in oci-layout, got \"" + version + "\"");
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
            return Bytes.of(in.readNBytes(Endpoints.MAX_MANIFEST_BYTES + 1));
        } catch (NoSuchFileException _) {
            return bytes(LayoutIndex.EMPTY);
        } catch (IOException e) {
            throw Failures.storage("read index.json of " + name, e);
        }
    }

    /** @throws MalformedContentException when it is no image index */
    LayoutIndex parse(Bytes raw) {
        try {
            if (ManifestReader.read(raw, MediaType.IMAGE_INDEX)
                    .manifest() instanceof ImageIndex i) {
                return new LayoutIndex(i);
            }
        } catch (MalformedContentException e) {
            throw new MalformedContentException("cannot read index.json of " + name + ": " + e
                    .getMessage(), e);
        }
        throw new IllegalStateException("an index was asked for");
    }

    void writeIndex(LayoutIndex index) {
        Bytes raw = bytes(index);
        if (raw.size() > Endpoints.MAX_MANIFEST_BYTES) {
            throw new LimitExceededException("cannot write index.json of " + name + ": "
                    + raw.size() + " bytes, at most " + Endpoints.MAX_MANIFEST_BYTES
                    + "; use several layouts");
        }
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

    private static Bytes bytes(LayoutIndex index) {
        return ManifestWriter.write(index.document()).raw();
    }
}
