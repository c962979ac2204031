package dev.chandlery.oci.store;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Source;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A layout in a folder: blobs go to their places one by one, where nothing names them until the index is
 * replaced at the end.
 *
 * @param blobs of the folder
 * @param lock for the change at the end
 * @param draft of what was there
 */
record FolderSink(LayoutFolder folder, LayoutBlobs blobs, LayoutLock lock,
        LayoutDraft draft) implements LayoutSink {

    /** Makes a layout in a folder that is absent or empty, or adds to the one that is there. */
    static FolderSink open(Path root) {
        LayoutStore.create(root);
        LayoutDraft draft = LayoutDraft.of(Layout.open(root));
        Path absolute = root.toAbsolutePath().normalize();
        String name = "layout " + root;
        DurableFiles files = new DurableFiles(absolute, absolute.resolve("ingest"));
        LayoutFolder folder = new LayoutFolder(files, name);
        return new FolderSink(folder, new LayoutBlobs(files, name), new LayoutLock(folder.marker(),
                name), draft);
    }

    @Override
    public boolean exists(Descriptor descriptor) {
        return blobs.exists(descriptor);
    }

    @Override
    public InputStream open(Descriptor descriptor) {
        return blobs.open(descriptor);
    }

    @Override
    public void write(Descriptor expected, Content content, Source store) {
        blobs.write(expected, content, store);
    }

    @Override
    public void write(Digest digest, Bytes bytes) {
        blobs.write(digest, bytes);
    }

    @Override
    public void finish(LayoutDraft draft, EarlierLayout base) {
        lock.alone(() -> {
            LayoutIndex before = LayoutIndex.parse(folder.readIndex(), folder.name());
            LayoutIndex now = draft.onto(before);
            folder.writeIndex(base.index() == null
                    ? now
                    : now.withAnnotation(Annotations.LAYOUT_BASE, base.index().toString()));
            return true;
        });
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
