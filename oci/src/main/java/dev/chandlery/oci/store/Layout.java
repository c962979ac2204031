package dev.chandlery.oci.store;

import dev.chandlery.oci.Annotations;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.oci.content.Source;
import dev.chandlery.oci.content.TagLister;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * An OCI layout to read, ours or one that another program made: a folder, or the same folder in a tar. Its
 * index is read once, so what changes on disk later is not seen here; every byte of content is compared with
 * its digest as it is read.
 *
 * <p><b>Concurrency:</b> safe. Nothing stays open: each stream has the file for itself.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Image Layout.
 */
public final class Layout implements Source {
    private final LayoutContent content;
    private final LayoutIndex index;
    private final Digest digest;
    private final LayoutGraph graph;
    private final String name;

    private Layout(LayoutContent content, Bytes index, String name) {
        this.content = content;
        this.name = name;
        this.index = LayoutIndex.parse(index, name);
        this.digest = index.digest();
        this.graph = LayoutGraph.of(this.index, new KnownManifests(this));
    }

    /**
     * Opens a folder or an archive; of an archive, all headers are read.
     *
     * @throws ContentNotFoundException when there is none, or it is no layout
     * @throws dev.chandlery.oci.MalformedContentException when an archive is truncated, packed, or has
     *         links, doubles or wrong sizes
     */
    public static Layout open(Path folderOrArchive) {
        return Files.isDirectory(folderOrArchive)
                ? folder(folderOrArchive)
                : archive(folderOrArchive);
    }

    private static Layout folder(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        String name = "layout " + root;
        DurableFiles files = new DurableFiles(absolute, absolute.resolve("ingest"));
        LayoutFolder folder = new LayoutFolder(files, name);
        return new LayoutLock(folder.marker(), name).inProcess(() -> {
            folder.requireLayout();
            return new Layout(new LayoutBlobs(files, name), folder.readIndex(), name);
        });
    }

    private static Layout archive(Path file) {
        String name = "archive " + file;
        if (!Files.exists(file)) {
            throw new ContentNotFoundException("cannot open " + name + ": no such file or folder");
        }
        ArchiveContent content = ArchiveContent.read(file, name);
        LayoutMarker.require(require(content, ArchiveNames.MARKER, name), name);
        return new Layout(content, require(content, ArchiveNames.INDEX, name), name);
    }

    private static Bytes require(ArchiveContent content, String file, String name) {
        return content.small(file)
                .orElseThrow(() -> new ContentNotFoundException(
                        "cannot open " + name + ": not an OCI layout, it has no file " + file));
    }

    /** What its index names, in its order. */
    public List<LayoutEntry> entries() {
        return index.entries().stream().map(LayoutEntry::of).toList();
    }

    /** All manifests: the entries and what they name, however deep. */
    public List<Descriptor> manifests() {
        return graph.manifests();
    }

    /** The digest of its index, which tells one state of a layout from another. */
    public Digest digest() {
        return digest;
    }

    /** The digest of the index of the layout whose blobs were left out of this one, if there is any. */
    public Optional<Digest> base() {
        return Optional.ofNullable(index.document().annotations().get(Annotations.LAYOUT_BASE))
                .flatMap(Digest::find);
    }

    @Override
    public InputStream fetch(Descriptor descriptor) {
        return content.open(descriptor);
    }

    @Override
    public boolean exists(Descriptor descriptor) {
        return content.exists(descriptor) && (!descriptor.mediaType().isManifest() || graph.find(
                descriptor.digest()).isPresent());
    }

    /** Bytes that it has under that digest, whatever they should be; empty when it has none. */
    public OptionalLong size(Digest blob) {
        return content.size(blob);
    }

    /** By tag: the first entry that has just this name. */
    @Override
    public Optional<Descriptor> find(Identifier identifier) {
        Optional<Digest> wanted = switch (identifier) {
            case Digest given -> Optional.of(given);
            case Tag tag -> index.find(tag).map(Descriptor::digest);
        };
        return wanted.flatMap(graph::find).filter(content::exists);
    }

    /** Names that are tags. */
    @Override
    public Optional<TagLister> tagLister() {
        return Optional.of(index::tags);
    }

    /** The first list reads every manifest of the layout. */
    @Override
    public Optional<ReferrerLister> referrerLister() {
        return Optional.of(subject -> attachedTo(subject));
    }

    @Override
    public String toString() {
        return name;
    }

    private Stream<Descriptor> attachedTo(Digest subject) {
        return graph.attachedTo(subject)
                .filter(content::exists)
                .sorted(Comparator.comparing(Descriptor::digest));
    }
}
