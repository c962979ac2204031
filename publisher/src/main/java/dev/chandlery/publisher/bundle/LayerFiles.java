package dev.chandlery.publisher.bundle;

import com.github.luben.zstd.ZstdInputStream;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.TransferException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Reads what paths a layer has; nothing is written. */
final class LayerFiles {
    private static final int MOST_ENTRIES = 200_000;
    private static final long MOST_BYTES = 16L << 30;
    private static final int BUFFER = 64 * 1024;
    private static final int EXECUTABLE = 0111;

    /** What a path is. */
    sealed interface Entry {
        /** A folder. */
        record Folder() implements Entry {}

        /** A file, by its content and whether it runs. */
        record File(String content) implements Entry {}

        /** A link of either kind. */
        record Link(String target) implements Entry {}
    }

    private LayerFiles() {}

    /**
     * Paths without {@code ./} in front and slash behind; fetches the whole layer.
     *
     * @throws MalformedContentException when it is no tar
     */
    static SortedMap<String, Entry> read(LayerSource source) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        try (InputStream blob = source.repository().fetch(source.layer());
                TarArchiveInputStream tar = new TarArchiveInputStream(decompress(source,
                        new BufferedInputStream(blob)), "UTF-8")) {
            long left = MOST_BYTES;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar
                    .getNextEntry()) {
                left -= Math.max(entry.getSize(), 0);
                if (entries.size() >= MOST_ENTRIES || left < 0) {
                    throw new LimitExceededException("cannot read layer of " + source.origin()
                            + ": more than " + MOST_ENTRIES + " entries or " + MOST_BYTES
                            + " bytes");
                }
                entries.put(path(entry.getName()), entry(tar, entry));
            }
            return entries;
        } catch (TransferException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedContentException("cannot read layer " + source.layer().digest()
                    + " of " + source.origin() + ": " + e.getMessage(), e);
        }
    }

    private static Entry entry(TarArchiveInputStream tar, TarArchiveEntry entry)
            throws IOException {
        if (entry.isDirectory()) {
            return new Entry.Folder();
        }
        if (entry.isSymbolicLink() || entry.isLink()) {
            return new Entry.Link(entry.getLinkName());
        }
        return new Entry.File(content(tar) + ((entry.getMode() & EXECUTABLE) != 0 ? "+x" : ""));
    }

    private static String content(InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static InputStream decompress(LayerSource source, InputStream in) throws IOException {
        MediaType type = source.layer().mediaType();
        if (type.equals(MediaType.IMAGE_LAYER_TAR_GZIP)) {
            return GzipCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(true)
                    .get();
        }
        if (type.equals(MediaType.IMAGE_LAYER_TAR_ZSTD)) {
            return new ZstdInputStream(in);
        }
        if (type.equals(MediaType.IMAGE_LAYER_TAR)) {
            return in;
        }
        Digest digest = source.layer().digest();
        throw new MalformedContentException("cannot read layer " + digest + " of " + source
                .origin() + ": its type is " + type);
    }

    private static String path(String name) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
