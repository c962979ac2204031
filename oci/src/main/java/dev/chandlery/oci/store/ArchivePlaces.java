package dev.chandlery.oci.store;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.tar.Region;
import dev.chandlery.oci.tar.TarEntry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which part of an archive belongs to which blob. The size of a blob is known before its bytes come, so each
 * has its place at once, and many are written at the same time without waiting for each other. A place whose
 * content failed is given up when it is the last one, else kept for the next attempt.
 *
 * <p><b>Concurrency:</b> safe, under this object's monitor; giving up the last place shortens the file there.
 */
final class ArchivePlaces {
    private final ArchiveFile file;
    private final SortedMap<Digest, Region> whole = new TreeMap<>();
    private final Map<Digest, Region> spare = new HashMap<>();
    private boolean gaps;
    private long end;

    ArchivePlaces(ArchiveFile file, long end) {
        this.file = file;
        this.end = end;
    }

    /** A place for content of that size. */
    synchronized Region take(String name, Digest digest, long size) {
        Region before = spare.remove(digest);
        if (before != null && before.size() == size) {
            return before;
        }
        gaps |= before != null;
        Region taken = new Region(end, end + TarEntry.header(name, size).length, size);
        end = taken.end();
        return taken;
    }

    /** All its content is there. */
    synchronized void complete(Digest digest, Region region) {
        gaps |= whole.put(digest, region) != null;
    }

    /** Its content did not come. */
    synchronized void giveUp(Digest digest, Region region) throws IOException {
        if (region.end() == end) {
            end = region.start();
            file.resize(end);
        } else {
            spare.put(digest, region);
        }
    }

    synchronized Optional<Region> find(Digest digest) {
        return Optional.ofNullable(whole.get(digest));
    }

    /** Sorted by digest. */
    synchronized SortedMap<Digest, Region> whole() {
        return new TreeMap<>(whole);
    }

    synchronized long end() {
        return end;
    }

    /** Whether these, and nothing else, are in the archive. */
    synchronized boolean areJust(Set<Digest> wanted) {
        return !gaps && spare.isEmpty() && wanted.containsAll(whole.keySet());
    }
}
