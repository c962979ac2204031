package dev.chandlery.publisher.pack;

import com.github.luben.zstd.ZstdOutputStream;
import dev.chandlery.config.tool.Compression;
import dev.chandlery.oci.Digest;
import dev.chandlery.publisher.pack.ToolTree.Entry;
import dev.chandlery.publisher.pack.deflate.GzipOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a tree as a layer whose bytes depend on nothing else: entries sorted, an entry for every folder
 * (oras fails to unpack without), no times, no owners, fixed modes, and a compressor of our own, as the
 * platform's is whatever zlib the machine has.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Image Layer Filesystem Changeset.
 */
final class LayerWriter {
    private static final int FILE_MODE = 0100644;
    private static final int EXECUTABLE_MODE = 0100755;
    private static final int FOLDER_MODE = 040755;
    private static final int ZSTD_LEVEL = 15;
    private static final int BUFFER = 64 * 1024;

    private LayerWriter() {}

    /** @param file new, left to the caller */
    static LayerFile write(ToolTree tree, Compression compression, Path file) throws IOException {
        try (HashingOutput packed = new HashingOutput(new BufferedOutputStream(Files
                .newOutputStream(file), BUFFER))) {
            Digest diffId = writeCompressed(tree, compression, packed);
            return new LayerFile(file, packed.digest(), packed.size(), diffId);
        }
    }

    /** Ends the compressed stream, so that {@code out} has seen all of it; gives the tar's digest. */
    private static Digest writeCompressed(ToolTree tree, Compression compression,
            OutputStream out) throws IOException {
        try (HashingOutput plain = new HashingOutput(compress(compression, out))) {
            writeTar(tree, plain);
            return plain.digest();
        }
    }

    private static void writeTar(ToolTree tree, OutputStream out) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            writeFolders(tar, tree);
            for (Map.Entry<String, Entry> entry : tree.entries().entrySet()) {
                writeEntry(tar, entry.getKey(), entry.getValue());
            }
        }
    }

    private static OutputStream compress(Compression compression, OutputStream out)
            throws IOException {
        return switch (compression) {
            case GZIP -> new GzipOutput(out);
            case ZSTD -> new ZstdOutputStream(out, ZSTD_LEVEL).setChecksum(true);
        };
    }

    private static void writeFolders(TarArchiveOutputStream tar, ToolTree tree)
            throws IOException {
        SortedSet<String> folders = new TreeSet<>();
        for (String path : tree.entries().keySet()) {
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                folders.add(path.substring(0, slash + 1));
            }
        }
        for (String folder : folders) {
            put(tar, new TarArchiveEntry(folder, TarConstants.LF_DIR), FOLDER_MODE);
            tar.closeArchiveEntry();
        }
    }

    private static void writeEntry(TarArchiveOutputStream tar, String path, Entry entry)
            throws IOException {
        switch (entry) {
            case Entry.File file -> {
                TarArchiveEntry header = new TarArchiveEntry(path);
                header.setSize(file.content().size());
                put(tar, header, file.executable() ? EXECUTABLE_MODE : FILE_MODE);
                Files.copy(file.content().content(), tar);
            }
            case Entry.Link link -> {
                TarArchiveEntry header = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
                header.setLinkName(link.target());
                put(tar, header, EXECUTABLE_MODE);
            }
        }
        tar.closeArchiveEntry();
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry header, int mode)
            throws IOException {
        header.setMode(mode);
        header.setModTime(0);
        header.setUserId(0);
        header.setGroupId(0);
        header.setUserName("");
        header.setGroupName("");
        tar.putArchiveEntry(header);
    }
}
