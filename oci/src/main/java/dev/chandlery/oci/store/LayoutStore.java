package dev.chandlery.oci.store;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Deleter;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.oci.content.TagLister;
import dev.chandlery.oci.content.Target;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An OCI layout on disk, ours or one that another program made. Tags are the names
 * ({@code org.opencontainers.image.ref.name}) of entries of {@code index.json}; a manifest without tag has an
 * entry without name, unless an index names it.
 *
 * <p>A manifest is taken only when all that it names is there. A file that became corrupt shows when it is
 * fetched; delete it and push it again. A push that was killed leaves a file below {@code ingest}, which
 * {@link #create} removes when it is an hour old.
 *
 * <p><b>Concurrency:</b> safe for threads and processes: blobs appear whole and by themselves; manifests and
 * tags change under a {@link LayoutLock}; readers take no lock, as {@code index.json} is replaced as a whole.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Image Layout.
 */
public final class LayoutStore implements Target {
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final LayoutFolder folder;
    private final LayoutBlobs blobs;
    private final LayoutLock lock;
    private final KnownManifests known;
    private final String name;

    /** The last one read, which holds while {@code index.json} has the same bytes. */
    private volatile @Nullable Snapshot last;

    private record Snapshot(Bytes raw, LayoutIndex index, LayoutGraph graph) {}

    private LayoutStore(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        DurableFiles files = new DurableFiles(absolute, absolute.resolve("ingest"));
        this.name = "layout " + root;
        this.folder = new LayoutFolder(files, name);
        this.blobs = new LayoutBlobs(files, name);
        this.lock = new LayoutLock(folder.marker(), name);
        this.known = new KnownManifests(this);
    }

    /**
     * Opens a layout that is there; nothing is written until something is pushed.
     *
     * @throws ContentNotFoundException when the folder is no layout
     */
    public static LayoutStore open(Path root) {
        LayoutStore store = new LayoutStore(root);
        store.lock.inProcess(() -> {
            store.folder.requireLayout();
            return true;
        });
        return store;
    }

    /**
     * Opens a layout, which is made when the folder is absent or empty.
     *
     * @throws dev.chandlery.oci.StorageException when the folder holds other things, or cannot be written
     */
    public static LayoutStore create(Path root) {
        LayoutStore store = new LayoutStore(root);
        if (!store.folder.isLayout()) {
            store.folder.create();
        }
        LayoutStore opened = open(root);
        opened.folder.reap(Instant.now().minus(ABANDONED_AFTER));
        opened.change(UnaryOperator.identity());
        return opened;
    }

    @Override
    public InputStream fetch(Descriptor descriptor) {
        return blobs.open(descriptor);
    }

    @Override
    public boolean exists(Descriptor descriptor) {
        return blobs.exists(descriptor) && (!descriptor.mediaType().isManifest()
                || snapshot().graph.find(descriptor.digest()).isPresent());
    }

    @Override
    public Optional<Descriptor> find(Identifier identifier) {
        Snapshot now = snapshot();
        Optional<Digest> digest = switch (identifier) {
            case Digest given -> Optional.of(given);
            case Tag tag -> now.index.find(tag).map(Descriptor::digest);
        };
        return digest.flatMap(now.graph::find).filter(blobs::exists);
    }

    @Override
    public Optional<TagLister> tagLister() {
        return Optional.of(() -> snapshot().index.tags());
    }

    /** The first list reads every manifest of the layout. */
    @Override
    public Optional<ReferrerLister> referrerLister() {
        return Optional.of(subject -> snapshot().graph.attachedTo(subject)
                .filter(blobs::exists)
                .sorted(Comparator.comparing(Descriptor::digest)));
    }

    /**
     * {@inheritDoc}
     *
     * @throws ContentNotFoundException when a manifest names content that is not there
     */
    @Override
    public void push(Descriptor expected, Content content) {
        if (exists(expected)) {
            return;
        }
        if (!expected.mediaType().isManifest()) {
            blobs.write(expected, content, this);
            return;
        }
        ManifestDocument document = Admission.read(expected, content, this);
        change(index -> add(document, index));
    }

    @Override
    public void tag(Descriptor manifest, Tag tag) {
        change(index -> index.withTag(find(manifest.digest()).orElseThrow(
                () -> new ContentNotFoundException("cannot tag " + manifest.digest() + " as " + tag
                        + " in " + this + ": not found")), tag));
    }

    @Override
    public Optional<Deleter> deleter() {
        return Optional.of(new Deleter() {
            @Override
            public void delete(Descriptor descriptor) {
                if (descriptor.mediaType().isManifest()) {
                    removeManifest(descriptor);
                } else {
                    removeBlob(descriptor.digest());
                }
            }

            @Override
            public void untag(Tag tag) {
                change(index -> index.withoutTag(tag));
            }
        });
    }

    @Override
    public String toString() {
        return name;
    }

    private LayoutIndex add(ManifestDocument document, LayoutIndex index) {
        Admission.requireChildren(document, this);
        Descriptor manifest = document.descriptor();
        blobs.write(manifest.digest(), document.raw());
        if (snapshot().graph.find(manifest.digest()).isPresent()) {
            return index;
        }
        return index.withManifest(manifest, KnownManifests.Links.of(document)
                .children()
                .stream()
                .map(Descriptor::digest)
                .collect(Collectors.toSet()));
    }

    /** Bytes that a manifest is made of stay until the manifest is deleted. */
    private void removeBlob(Digest digest) {
        change(index -> {
            if (snapshot().graph.find(digest).isEmpty()) {
                blobs.delete(digest);
            }
            return index;
        });
    }

    /** First its entries, then its file, so that no name points at nothing. */
    private void removeManifest(Descriptor manifest) {
        lock.alone(() -> {
            save(without(manifest));
            blobs.delete(manifest.digest());
            known.forget(manifest.digest());
            return true;
        });
    }

    /** Without the manifest's entries; what only it named gets entries instead. */
    private LayoutIndex without(Descriptor manifest) {
        List<Descriptor> children = known.children(manifest).orElse(List.of());
        LayoutIndex left = snapshot().index.without(manifest.digest());
        LayoutGraph graph = LayoutGraph.without(manifest.digest(), left, known);
        for (Descriptor child : children) {
            if (graph.find(child.digest()).isEmpty() && blobs.exists(child)) {
                left = left.withManifest(Descriptor.of(child.mediaType(), child.digest(), child
                        .size()), Set.of());
            }
        }
        return left;
    }

    private void change(UnaryOperator<LayoutIndex> change) {
        lock.alone(() -> {
            save(change.apply(snapshot().index));
            return true;
        });
    }

    private void save(LayoutIndex index) {
        if (!index.equals(snapshot().index) || !folder.hasIndex()) {
            folder.writeIndex(index);
        }
    }

    private Snapshot snapshot() {
        Bytes raw = folder.readIndex();
        Snapshot before = last;
        if (before != null && before.raw.equals(raw) && before.graph.complete()) {
            return before;
        }
        LayoutIndex index = LayoutIndex.parse(raw, name);
        Snapshot read = new Snapshot(raw, index, LayoutGraph.of(index, known));
        last = read;
        return read;
    }
}
