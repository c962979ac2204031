package dev.chandlery.oci.store;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.tar.RandomReads;
import dev.chandlery.oci.tar.Region;
import dev.chandlery.oci.tar.TarEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What comes last: the index and the end mark.
 *
 * @param file that is written
 * @param places of its blobs
 */
record ArchiveEnd(ArchiveFile file, ArchivePlaces places) {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int END_MARK_BYTES = 2 * TarEntry.BLOCK_BYTES;

    /** Behind the last blob; all is on the disk then. */
    void write(Bytes index) throws IOException {
        write(file, places.end(), index);
    }

    /** The same in another file, which has nothing but these blobs. */
    void pack(Path packed, Set<Digest> needed, Bytes index) throws IOException {
        Files.deleteIfExists(packed);
        boolean done = false;
        try (ArchiveFile to = ArchiveFile.open(packed)) {
            long at = UnfinishedArchive.resume(to).end();
            for (Map.Entry<Digest, Region> blob : places.whole().entrySet()) {
                if (needed.contains(blob.getKey())) {
                    at = copy(blob.getValue(), to, at);
                }
            }
            write(to, at, index);
            done = true;
        } finally {
            if (!done) {
                DurableFiles.discard(packed);
            }
        }
    }

    /** Header and content at once. */
    static void put(ArchiveFile file, Region region, String name, Bytes bytes) throws IOException {
        byte[] header = TarEntry.header(name, bytes.size());
        byte[] all = new byte[header.length + bytes.size()];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(bytes.toArray(), 0, all, header.length, bytes.size());
        file.write(region.start(), all, all.length);
    }

    private static void write(ArchiveFile file, long at, Bytes index) throws IOException {
        byte[] header = TarEntry.header(ArchiveNames.INDEX, index.size());
        Region region = new Region(at, at + header.length, index.size());
        put(file, region, ArchiveNames.INDEX, index);
        file.resize(region.end() + END_MARK_BYTES);
        file.sync();
    }

    /** Where the next one begins. */
    private long copy(Region region, ArchiveFile to, long at) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        RandomReads from = file.reads();
        long end = region.content() + region.size();
        for (long position = region.start(); position < end;) {
            int n = from.read(position, buffer, 0, (int) Math.min(buffer.length, end - position));
            if (n < 0) {
                throw new IOException(file + " ended at byte " + position);
            }
            to.write(at + position - region.start(), buffer, n);
            position += n;
        }
        return at + region.end() - region.start();
    }
}
