package dev.chandlery.publisher.pack;

import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.StorageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** Opens assets as hostile: zip, tar (also compressed by gzip, xz, zstd or bzip2), one compressed file, a bare file. */
final class AssetReader {
    private static final int TAR_HEAD = 512;

    private final ArchiveLimits limits;

    AssetReader(ArchiveLimits limits) {
        this.limits = limits;
    }

    /**
     * What the asset holds, by path; a bare or singly compressed file has its own name.
     *
     * @param asset on our disk
     * @param name upstream's file name
     * @param folder empty, for what is taken out; the caller removes it
     * @throws MalformedContentException when the asset is broken or tries what no honest archive does
     */
    SortedMap<String, ArchiveEntry> read(Path asset, String name, Path folder) {
        try {
            AssetFormat format = AssetFormat.of(asset);
            ArchiveFolder into = new ArchiveFolder(name, Files.size(asset), folder, limits);
            switch (format) {
                case ZIP -> new ZipReader(name, into).read(asset);
                case BARE -> {
                    return bare(asset, name);
                }
                case TAR, GZIP, XZ, ZSTD, BZIP2 -> readStream(asset, format, name, into);
            }
            return into.entries();
        } catch (FileSystemException e) {
            throw new StorageException("cannot open " + name + ": " + e, e);
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new MalformedContentException("cannot open " + name + ": broken archive: " + e
                    .getMessage(), e);
        }
    }

    private static SortedMap<String, ArchiveEntry> bare(Path asset, String name)
            throws IOException {
        String path = EntryPath.check(name, name);
        ArchiveEntry.File file = new ArchiveEntry.File(path, asset, Files.size(asset), true);
        return Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(path,
                file)));
    }

    private static void readStream(Path asset, AssetFormat format, String name,
            ArchiveFolder into) throws IOException {
        try (InputStream in = new BufferedInputStream(format.decompress(asset), 64 * 1024)) {
            in.mark(TAR_HEAD);
            boolean tar = AssetFormat.isTar(in.readNBytes(TAR_HEAD));
            in.reset();
            if (tar) {
                readTar(in, name, into);
            } else {
                into.file(withoutSuffix(name), true, in);
            }
        }
    }

    private static void readTar(InputStream in, String name, ArchiveFolder into)
            throws IOException {
        HeaderBudget bounded = new HeaderBudget(in, name);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(bounded,
                TarConstants.DEFAULT_RCDSIZE, "UTF-8")) {
            for (TarArchiveEntry entry = next(tar, bounded); entry != null; entry = next(tar,
                    bounded)) {
                readEntry(tar, entry, into);
            }
            bounded.requireEnd();
        }
    }

    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, HeaderBudget bounded)
            throws IOException {
        bounded.headers();
        TarArchiveEntry entry = tar.getNextEntry();
        bounded.content();
        return entry;
    }

    private static void readEntry(TarArchiveInputStream tar, TarArchiveEntry entry,
            ArchiveFolder into) throws IOException {
        String name = entry.getName();
        if (entry.isDirectory()) {
            into.folder(name);
        } else if (entry.isSymbolicLink()) {
            into.symbolicLink(name, entry.getLinkName());
        } else if (entry.isLink()) {
            into.hardLink(name, entry.getLinkName());
        } else if (isPlainFile(entry)) {
            into.file(name, (entry.getMode() & 0111) != 0, tar);
        } else if (!entry.isGlobalPaxHeader()) {
            throw into.refused(name, "is neither file, folder nor link");
        }
    }

    /** Commons Compress calls devices and unknown types files, too. */
    private static boolean isPlainFile(TarArchiveEntry entry) {
        byte type = entry.getLinkFlag();
        return (type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM) && !entry
                .isSparse();
    }

    private static String withoutSuffix(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
