package dev.chandlery.oci.store;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.content.VerifyingStream;
import dev.chandlery.oci.tar.Region;
import dev.chandlery.oci.tar.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * A layout in a tar. It grows under the name {@code FILE.part}, and gets its own name when it is whole. A part
 * that a killed run left is gone on with.
 *
 * <p>Content that is streamed lies under a name that readers pass over until all of it came and was verified;
 * only then it gets the name of its digest.
 */
final class ArchiveSink implements LayoutSink {
    private static final int BUFFER_BYTES = 256 * 1024;
    /** So much is read before it has a place, so that small content fails without a trace. */
    private static final int SMALL_BYTES = 64 * 1024;

    private final Path place;
    private final Path part;
    private final String name;
    private final ArchiveFile file;
    private final ArchivePlaces places;
    private boolean finished;

    private ArchiveSink(Path place, Path part, String name, ArchiveFile file,
            ArchivePlaces places) {
        this.place = place;
        this.part = part;
        this.name = name;
        this.file = file;
        this.places = places;
    }

    static ArchiveSink open(Path file) {
        Path place = file.toAbsolutePath().normalize();
        Path part = sibling(place, ".part");
        String name = "archive " + file;
        try {
            Files.createDirectories(Objects.requireNonNull(place.getParent(), "a file has one"));
            return open(place, part, name);
        } catch (IOException e) {
            throw Failures.storage("write " + name, e);
        }
    }

    private static ArchiveSink open(Path place, Path part, String name) throws IOException {
        ArchiveFile file = ArchiveFile.open(part);
        try {
            ArchivePlaces places = UnfinishedArchive.resume(file);
            return new ArchiveSink(place, part, name, file, places);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Empty: manifests that are there already are only named when they are pushed again. */
    @Override
    public LayoutDraft draft() {
        return new LayoutDraft();
    }

    @Override
    public boolean exists(Descriptor descriptor) {
        return places.find(descriptor.digest())
                .filter(region -> region.size() == descriptor
                        .size())
                .isPresent();
    }

    @Override
    public InputStream open(Descriptor descriptor) {
        Region region = places.find(descriptor.digest())
                .orElseThrow(
                        () -> new ContentNotFoundException("cannot fetch " + descriptor.digest()
                                + " from " + name + ": not found"));
        return new VerifyingStream(region.open(file.reads()), descriptor, descriptor.digest()
                + " of " + name);
    }

    @Override
    public void write(Descriptor expected, Content content, Source store) {
        if (expected.size() <= SMALL_BYTES) {
            write(expected.digest(), Admission.bytes(expected, content, store));
            return;
        }
        String action = Admission.pushing(expected, store);
        try (InputStream in = opened(expected, content, action)) {
            stream(expected, in, action, content.replayable());
        } catch (IOException e) {
            throw Failures.reading(action, e, content.replayable());
        }
    }

    @Override
    public void write(Digest digest, Bytes bytes) {
        String own = ArchiveNames.of(ArchiveNames.BLOBS, digest);
        Region region = places.take(own, digest, bytes.size());
        try {
            ArchiveEnd.put(file, region, own, bytes);
            places.complete(digest, region);
        } catch (IOException e) {
            giveUp(digest, region);
            throw Failures.storage("store " + digest + " in " + name, e);
        }
    }

    @Override
    public void finish(LayoutDraft draft, EarlierLayout base) {
        LayoutIndex index = draft.onto(LayoutIndex.EMPTY);
        Bytes raw = (base.index() == null
                ? index
                : index.withAnnotation(Annotations.LAYOUT_BASE, base.index().toString())).raw(name);
        try {
            Set<Digest> needed = draft.content();
            ArchiveEnd end = new ArchiveEnd(file, places);
            if (places.areJust(needed)) {
                end.write(raw);
                file.close();
                commit(part);
            } else {
                Path packed = sibling(place, ".packing");
                end.pack(packed, needed, raw);
                commit(packed);
                file.close();
                Files.delete(part);
            }
            finished = true;
        } catch (IOException e) {
            throw Failures.storage("finish " + name, e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
            if (!finished && places.whole().isEmpty()) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw Failures.storage("close " + name, e);
        }
    }

    private InputStream opened(Descriptor expected, Content content, String action) {
        try {
            return new VerifyingStream(content.open(), expected, "content of " + expected.digest()
                    + " for " + name);
        } catch (IOException e) {
            throw Failures.reading(action, e, content.replayable());
        }
    }

    private void stream(Descriptor expected, InputStream in, String action, boolean replayable) {
        String waiting = ArchiveNames.of(ArchiveNames.SPARE, expected.digest());
        Region region = places.take(waiting, expected.digest(), expected.size());
        boolean complete = false;
        try {
            write(region.start(), TarEntry.header(waiting, region.size()), action);
            copy(region, in, action, replayable);
            String own = ArchiveNames.of(ArchiveNames.BLOBS, expected.digest());
            write(region.start(), TarEntry.header(own, region.size()), action);
            places.complete(expected.digest(), region);
            complete = true;
        } finally {
            if (!complete) {
                giveUp(expected.digest(), region);
            }
        }
    }

    private void copy(Region region, InputStream in, String action, boolean replayable) {
        byte[] buffer = new byte[BUFFER_BYTES];
        long at = region.content();
        for (int n = read(in, buffer, action, replayable); n >= 0; n = read(in, buffer, action,
                replayable)) {
            if (Thread.currentThread().isInterrupted()) {
                throw new OperationCancelledException("cannot " + action + ": interrupted");
            }
            write(at, buffer, n, action);
            at += n;
        }
    }

    private static int read(InputStream in, byte[] buffer, String action, boolean replayable) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw Failures.reading(action, e, replayable);
        }
    }

    private void write(long position, byte[] bytes, String action) {
        write(position, bytes, bytes.length, action);
    }

    private void write(long position, byte[] bytes, int length, String action) {
        try {
            file.write(position, bytes, length);
        } catch (IOException e) {
            throw Failures.storage(action, e);
        }
    }

    private void giveUp(Digest digest, Region region) {
        try {
            places.giveUp(digest, region);
        } catch (IOException e) {
            throw Failures.storage("shorten " + name, e);
        }
    }

    private void commit(Path written) throws IOException {
        Path folder = Objects.requireNonNull(place.getParent(), "a file has one");
        new DurableFiles(folder, folder).commit(written, place);
    }

    private static Path sibling(Path place, String suffix) {
        return place.resolveSibling(place.getFileName() + suffix);
    }
}
