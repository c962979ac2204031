package dev.chandlery.oci.store;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.content.VerifyingStream;
import dev.chandlery.oci.tar.RandomReads;
import dev.chandlery.oci.tar.Region;
import dev.chandlery.oci.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the parts of a layout lie in its archive, found in one pass over the headers. Entries of other names,
 * such as those that {@code docker save} adds, are passed over.
 *
 * <p><b>Concurrency:</b> safe; each stream opens the file for itself.
 */
final class ArchiveContent implements LayoutContent {
    private final Path file;
    private final String name;
    private final Map<Digest, Region> blobs = new HashMap<>();
    private final Map<String, Region> files = new HashMap<>();

    private ArchiveContent(Path file, String name) {
        this.file = file;
        this.name = name;
    }

    /**
     * Reads the headers.
     *
     * @throws MalformedContentException when it is no tar, is truncated, or has links or doubles in place of
     *         the layout's files
     */
    static ArchiveContent read(Path file, String name) {
        ArchiveContent content = new ArchiveContent(file, name);
        try (RandomReads reads = RandomReads.open(file)) {
            TarReader entries = new TarReader(reads, name);
            for (var e = entries.next(); e.isPresent(); e = entries.next()) {
                content.add(e.get());
            }
        } catch (IOException e) {
            throw Failures.storage("read " + name, e);
        }
        return content;
    }

    /** The small file of that name, whole; empty when there is none. */
    Optional<Bytes> small(String plain) {
        Region region = files.get(plain);
        if (region == null) {
            return Optional.empty();
        }
        if (region.size() > Endpoints.MAX_LAYOUT_INDEX_BYTES) {
            throw new LimitExceededException("cannot read " + plain + " of " + name + ": "
                    + region.size() + " bytes, at most " + Endpoints.MAX_LAYOUT_INDEX_BYTES);
        }
        try (RandomReads reads = RandomReads.open(file); InputStream in = region.open(reads)) {
            return Optional.of(Bytes.of(in.readAllBytes()));
        } catch (IOException e) {
            throw Failures.storage("read " + plain + " of " + name, e);
        }
    }

    @Override
    public boolean exists(Descriptor descriptor) {
        return size(descriptor.digest()).equals(OptionalLong.of(descriptor.size()));
    }

    @Override
    public OptionalLong size(Digest digest) {
        Region region = blobs.get(digest);
        return region == null ? OptionalLong.empty() : OptionalLong.of(region.size());
    }

    @Override
    public InputStream open(Descriptor descriptor) {
        Region region = blobs.get(descriptor.digest());
        if (region == null) {
            throw new ContentNotFoundException("cannot fetch " + descriptor.digest() + " from "
                    + name + ": not found");
        }
        String what = descriptor.digest() + " of " + name;
        try {
            return new VerifyingStream(region.open(RandomReads.open(file)), descriptor, what);
        } catch (IOException e) {
            throw Failures.storage("fetch " + what, e);
        }
    }

    private void add(TarReader.Entry entry) {
        String plain = ArchiveNames.plain(entry.name());
        Optional<Digest> digest = ArchiveNames.digest(ArchiveNames.BLOBS, plain);
        boolean small = plain.equals(ArchiveNames.MARKER) || plain.equals(ArchiveNames.INDEX);
        if (digest.isEmpty() && !small) {
            return;
        }
        if (!entry.isFile()) {
            throw new MalformedContentException("cannot read " + name + ": " + plain
                    + " is a link, folder or sparse file; expected a plain file");
        }
        Region before = digest.isPresent()
                ? blobs.putIfAbsent(digest.get(), entry.region())
                : files.putIfAbsent(plain, entry.region());
        // The same blob twice does no harm, as its bytes are compared with its digest.
        if (before != null && (small || before.size() != entry.region().size())) {
            throw new MalformedContentException("cannot read " + name + ": it has " + plain
                    + " twice");
        }
    }
}
