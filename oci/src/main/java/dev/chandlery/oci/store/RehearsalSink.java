package dev.chandlery.oci.store;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Source;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes nothing and opens no content of blobs, but remembers what would be there. */
final class RehearsalSink implements LayoutSink {
    private final @Nullable Layout before;
    private final Set<Digest> written = ConcurrentHashMap.newKeySet();

    /** @param before what is there, null when there is nothing */
    RehearsalSink(@Nullable Layout before) {
        this.before = before;
    }

    @Override
    public LayoutDraft draft() {
        return before == null ? new LayoutDraft() : LayoutDraft.of(before);
    }

    @Override
    public boolean exists(Descriptor descriptor) {
        return written.contains(descriptor.digest()) || (before != null && before.exists(
                descriptor));
    }

    @Override
    public InputStream open(Descriptor descriptor) {
        if (before == null) {
            throw new ContentNotFoundException("cannot fetch " + descriptor.digest()
                    + " from a rehearsal: it keeps no content");
        }
        return before.fetch(descriptor);
    }

    @Override
    public void write(Descriptor expected, Content content, Source store) {
        written.add(expected.digest());
    }

    @Override
    public void write(Digest digest, Bytes bytes) {
        written.add(digest);
    }

    @Override
    public void finish(LayoutDraft draft, EarlierLayout base) {
        // Nothing was to be done.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
