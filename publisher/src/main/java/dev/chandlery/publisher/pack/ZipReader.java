package dev.chandlery.publisher.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Reads zip archives by their central directory, and refuses those whose local headers tell another story:
 * such an archive holds different files for different readers.
 */
final class ZipReader {
    private static final int MAX_LINK = 4096;

    private final String archive;
    private final ArchiveFolder into;

    ZipReader(String archive, ArchiveFolder into) {
        this.archive = archive;
        this.into = into;
    }

    void read(Path asset) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(asset).get();
                LocalHeaders headers = new LocalHeaders(asset)) {
            for (Iterator<ZipArchiveEntry> entries = zip.getEntries().asIterator(); entries
                    .hasNext();) {
                ZipArchiveEntry entry = entries.next();
                if (!headers.agree(entry)) {
                    throw into.refused(entry.getName(),
                            "has another name in its own header than in the directory");
                }
                readEntry(zip, entry);
            }
        }
    }

    private void readEntry(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        String name = entry.getName();
        if (entry.isDirectory()) {
            into.folder(name);
            return;
        }
        if (entry.getGeneralPurposeBit().usesEncryption() || !zip.canReadEntryData(entry)) {
            throw into.refused(name, "is encrypted or packed in a way that is not supported");
        }
        int type = entry.getUnixMode() & UnixStat.FILE_TYPE_FLAG;
        if (type != 0 && type != UnixStat.FILE_FLAG && type != UnixStat.LINK_FLAG) {
            throw into.refused(name, "is neither file, folder nor link");
        }
        try (InputStream content = zip.getInputStream(entry)) {
            if (entry.isUnixSymlink()) {
                byte[] target = content.readNBytes(MAX_LINK + 1);
                if (target.length > MAX_LINK) {
                    throw into.refused(name, "is a link of more than " + MAX_LINK + " bytes");
                }
                into.symbolicLink(name, new String(target, StandardCharsets.UTF_8));
            } else {
                into.file(name, (entry.getUnixMode() & 0111) != 0, content);
            }
        }
    }

    @Override
    public String toString() {
        return "zip " + archive;
    }
}
