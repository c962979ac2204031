package dev.chandlery.manager.pull;

import com.github.luben.zstd.ZstdInputStream;
import dev.chandlery.cli.state.WorkFolder;
import dev.chandlery.manager.cache.BlobCache;
import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ImageManifest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.json.ImageConfig;
import dev.chandlery.trust.publication.BundleTypes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Takes a manifest's layers through the cache and puts their files into a folder. */
public final class ToolPuller {
    private static final String ROOM = ".pull-";
    private static final int MAX_CONFIG = 4 * 1024 * 1024;

    private final BlobCache cache;
    private final Consumer<ImageManifest> check;

    /** Takes any image. */
    public ToolPuller(BlobCache cache) {
        this(cache, _ -> {});
    }

    /** @param check fails for a manifest that is not to be pulled, before anything is */
    public ToolPuller(BlobCache cache, Consumer<ImageManifest> check) {
        this.cache = cache;
        this.check = check;
    }

    /**
     * Pulls one platform of a tool, or the tools of a bundle. Files of the same names are replaced, others are
     * left alone; when it fails before all layers are verified and unpacked, nothing is changed.
     *
     * @param source the tool's repository
     * @param manifest of the platform
     * @param folder made when it does not exist
     * @param progress takes the number of bytes that were fetched since the last call
     * @return the manifest
     */
    public ImageManifest pull(Source source, Descriptor manifest, Path folder,
            LongConsumer progress) {
        if (!(Manifests.fetch(source, manifest).manifest() instanceof ImageManifest image)) {
            throw new MalformedContentException("cannot pull " + manifest.digest()
                    + ": it is no image manifest");
        }
        check.accept(image);
        boolean made = !Files.exists(folder);
        boolean done = false;
        try {
            Files.createDirectories(folder);
            try (WorkFolder work = WorkFolder.within(folder, ROOM)) {
                Path room = work.newFolder();
                unpackAll(source, image, room, progress);
                FolderMerge.move(room, folder);
                done = true;
                return image;
            } finally {
                if (made && !done) {
                    removeIfEmpty(folder);
                }
            }
        } catch (IOException e) {
            throw new StorageException("cannot pull into " + folder + ": " + e, e);
        }
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException _) {
            return; // the disk failed while files were moved in
        }
    }

    private void unpackAll(Source source, ImageManifest image, Path room, LongConsumer progress)
            throws IOException {
        List<Digest> diffIds = diffIds(source, image, progress);
        LayerUnpacker unpacker = new LayerUnpacker(room, LayerUnpacker.Limits.DEFAULT);
        for (int i = 0; i < image.layers().size(); i++) {
            Descriptor layer = image.layers().get(i);
            if (isOfBaseImage(image, layer)) {
                continue;
            }
            try (InputStream blob = cache.open(layer, source, progress)) {
                if (isTar(layer.mediaType())) {
                    Digest actual = unpack(layer, blob, unpacker);
                    requireDiffId(layer, diffIds, i, actual);
                } else {
                    unpacker.put(fileName(layer), blob);
                }
            }
        }
        unpacker.finish();
    }

    /** Of a bundle the tools are wanted, as oras takes them; what is below them is for containers. */
    private static boolean isOfBaseImage(ImageManifest image, Descriptor layer) {
        return BundleTypes.BUNDLE.equals(image.artifactType()) && !layer.annotations()
                .containsKey(BundleTypes.TOOL);
    }

    private static Digest unpack(Descriptor layer, InputStream blob, LayerUnpacker unpacker)
            throws IOException {
        try (InputStream tar = decompress(layer, new BufferedInputStream(blob))) {
            return unpacker.unpack(tar);
        }
    }

    private static void requireDiffId(Descriptor layer, List<Digest> diffIds, int index,
            Digest actual) {
        if (index < diffIds.size() && !diffIds.get(index).equals(actual)) {
            throw new ContentMismatchException("layer " + layer.digest() + " when unpacked", diffIds
                    .get(index)
                    .toString(), actual.toString());
        }
    }

    private List<Digest> diffIds(Source source, ImageManifest image, LongConsumer progress)
            throws IOException {
        if (!image.config().mediaType().equals(MediaType.IMAGE_CONFIG)) {
            return List.of();
        }
        if (image.config().size() > MAX_CONFIG) {
            throw new LimitExceededException("cannot read image config: " + image.config().size()
                    + " bytes, at most " + MAX_CONFIG + " are read");
        }
        try (InputStream in = cache.open(image.config(), source, progress)) {
            return ImageConfig.read(Bytes.of(in.readAllBytes())).diffIds();
        }
    }

    private static boolean isTar(MediaType type) {
        return type.equals(MediaType.IMAGE_LAYER_TAR) || type.equals(MediaType.IMAGE_LAYER_TAR_GZIP)
                || type.equals(MediaType.IMAGE_LAYER_TAR_ZSTD);
    }

    /** All of the blob is read as such: what follows the last gzip member is an error. */
    private static InputStream decompress(Descriptor layer, InputStream in) {
        MediaType type = layer.mediaType();
        try {
            if (type.equals(MediaType.IMAGE_LAYER_TAR_GZIP)) {
                return GzipCompressorInputStream.builder()
                        .setInputStream(in)
                        .setDecompressConcatenated(true)
                        .get();
            }
            return type.equals(MediaType.IMAGE_LAYER_TAR_ZSTD) ? new ZstdInputStream(in) : in;
        } catch (IOException e) {
            throw new MalformedContentException("cannot decompress layer " + layer.digest() + ": "
                    + e.getMessage(), e);
        }
    }

    /** Of a layer that is a file as it is: its title, which must be a plain name. */
    private static String fileName(Descriptor layer) {
        String title = layer.annotations().getOrDefault(Annotations.TITLE, "");
        boolean plain = title.matches("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,199}");
        return plain ? title : layer.digest().encoded();
    }
}
