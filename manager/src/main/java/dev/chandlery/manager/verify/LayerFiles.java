package dev.chandlery.manager.verify;

import com.github.luben.zstd.ZstdInputStream;
import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * What a layer holds.
 *
 * @param diffId digest of the tar inside
 * @param files digests of its plain files, by path
 */
record LayerFiles(Digest diffId, SortedMap<String, Digest> files) {
    private static final int MOST_FILES = 100_000;
    private static final long MOST_BYTES = 16L * 1024 * 1024 * 1024;

    LayerFiles {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** @throws MalformedContentException when it is no tar that is packed as its type says */
    static LayerFiles read(Path layer, MediaType type) throws IOException {
        MessageDigest whole = Algorithm.SHA256.newMessageDigest();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(layer));
                InputStream tar = new DigestInputStream(open(raw, type), whole)) {
            SortedMap<String, Digest> files = files(tar);
            tar.transferTo(OutputStream.nullOutputStream());
            return new LayerFiles(Digest.of(Algorithm.SHA256, whole), files);
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedContentException("cannot read the layer: expected a tar packed as "
                    + type + ": " + e.getMessage(), e);
        }
    }

    private static InputStream open(InputStream raw, MediaType type) throws IOException {
        if (type.equals(MediaType.IMAGE_LAYER_TAR_GZIP)) {
            return GzipCompressorInputStream.builder()
                    .setInputStream(raw)
                    .setDecompressConcatenated(true)
                    .get();
        }
        return type.equals(MediaType.IMAGE_LAYER_TAR_ZSTD) ? new ZstdInputStream(raw) : raw;
    }

    @SuppressWarnings("resource") // the caller's, who reads on behind it
    private static SortedMap<String, Digest> files(InputStream stream) throws IOException {
        SortedMap<String, Digest> files = new TreeMap<>();
        TarArchiveInputStream tar = new TarArchiveInputStream(stream, "UTF-8");
        long bytes = 0;
        int count = 0;
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar
                .getNextEntry()) {
            bytes += entry.getSize();
            count++;
            if (count > MOST_FILES || bytes > MOST_BYTES) {
                throw new LimitExceededException("cannot read the layer: more than " + MOST_FILES
                        + " entries or " + MOST_BYTES + " bytes");
            }
            if (entry.isFile() && !entry.isLink()) {
                MessageDigest digest = Algorithm.SHA256.newMessageDigest();
                new DigestInputStream(tar, digest).transferTo(OutputStream.nullOutputStream());
                files.put(entry.getName(), Digest.of(Algorithm.SHA256, digest));
            }
        }
        return files;
    }
}
