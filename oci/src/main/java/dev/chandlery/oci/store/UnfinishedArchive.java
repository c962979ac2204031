package dev.chandlery.oci.store;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.MediaType;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.StorageException;
import dev.chandlery.oci.content.VerifyingStream;
import dev.chandlery.oci.tar.RandomReads;
import dev.chandlery.oci.tar.Region;
import dev.chandlery.oci.tar.TarEntry;
import dev.chandlery.oci.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An archive as a killed run left it: entries one behind the other, until the first that is not whole. What
 * has the right digest is kept; the rest is cut off, or is a place for another attempt.
 */
final class UnfinishedArchive {
    private final ArchiveFile file;
    private final RandomReads reads;

    private UnfinishedArchive(ArchiveFile file) {
        this.file = file;
        this.reads = file.reads();
    }

    /** Reads all that is in the file; one that holds nothing yet is begun. */
    static ArchivePlaces resume(ArchiveFile file) throws IOException {
        byte[] marker = LayoutMarker.CONTENT.toArray();
        byte[] header = TarEntry.header(ArchiveNames.MARKER, marker.length);
        byte[] begin = Arrays.copyOf(header, header.length + TarEntry.BLOCK_BYTES);
        System.arraycopy(marker, 0, begin, header.length, marker.length);
        byte[] found = new byte[begin.length];
        int length = file.reads().readFully(0, found);
        if (!Arrays.equals(found, 0, length, begin, 0, length)) {
            throw new StorageException("cannot write " + file
                    + ": the file is no unfinished layout; remove it, or name another one");
        }
        if (length < begin.length) {
            file.write(0, begin, begin.length);
        }
        return new UnfinishedArchive(file).places(begin.length);
    }

    private ArchivePlaces places(long begin) throws IOException {
        List<TarReader.Entry> found = new ArrayList<>();
        TarReader entries = new TarReader(reads, file.toString());
        for (var e = next(entries); e.isPresent() && !e.get().name().equals(ArchiveNames.INDEX); e =
                next(entries)) {
            found.add(e.get());
        }
        long end = found.isEmpty() ? begin : found.getLast().region().end();
        ArchivePlaces places = new ArchivePlaces(file, end);
        file.resize(end);
        for (TarReader.Entry entry : found) {
            sort(entry, places);
        }
        return places;
    }

    private static Optional<TarReader.Entry> next(TarReader entries) throws IOException {
        try {
            return entries.next();
        } catch (MalformedContentException _) {
            return Optional.empty();
        }
    }

    private void sort(TarReader.Entry entry, ArchivePlaces places) throws IOException {
        Optional<Digest> blob = ArchiveNames.digest(ArchiveNames.BLOBS, entry.name());
        Optional<Digest> digest = blob.or(() -> ArchiveNames.digest(ArchiveNames.SPARE, entry
                .name()));
        if (digest.isPresent() && blob.isPresent() && holds(entry.region(), digest.get())) {
            places.complete(digest.get(), entry.region());
        } else if (digest.isPresent()) {
            places.giveUp(digest.get(), entry.region());
        }
    }

    private boolean holds(Region region, Digest digest) throws IOException {
        Descriptor expected = Descriptor.of(MediaType.OCTET_STREAM, digest, region.size());
        try (InputStream in = new VerifyingStream(region.open(reads), expected, "content")) {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (OciException _) {
            return false;
        }
    }
}
