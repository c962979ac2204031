package dev.chandlery.oci.store;

import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.concurrent.KeyedLocks;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.PushHint;
import dev.chandlery.oci.content.Pushed;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.oci.content.TagLister;
import dev.chandlery.oci.content.Target;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An OCI layout that is being written as a whole, of one repository or many: a folder, or the same folder in
 * a tar. Content is verified as it comes and goes straight to its place; names show up all at once when
 * {@link #finish} is called, and until then an archive has not even its own name. A run that was killed can
 * be repeated and finds what it had.
 *
 * <p>The index is sorted, and entries of an archive have neither times nor owners; blobs lie in the order in
 * which they came.
 *
 * <p><b>Concurrency:</b> safe for threads. Pushes of different content do not wait for each other. Of an
 * archive there is one writer at a time, in all processes.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Image Layout.
 */
public final class LayoutWriter implements Target, AutoCloseable {
    private final LayoutSink sink;
    private final LayoutDraft draft;
    private final EarlierLayout base;
    private final KeyedLocks<Digest> locks = new KeyedLocks<>();
    private final String name;

    private LayoutWriter(LayoutSink sink, EarlierLayout base, String name) {
        this.sink = sink;
        this.draft = sink.draft();
        this.base = base;
        this.name = name;
    }

    /**
     * Begins an archive, or goes on with one that was not finished. What has the name is replaced at the end.
     *
     * @param base whose blobs are taken to be there, and are left out
     * @throws dev.chandlery.oci.StorageException when it cannot be written, or another one is writing it
     */
    public static LayoutWriter toArchive(Path file, EarlierLayout base) {
        return new LayoutWriter(ArchiveSink.open(file), base, "archive " + file);
    }

    /**
     * Begins a layout in a folder that is absent or empty, or adds to the one that is there.
     *
     * @param base whose blobs are taken to be there, and are left out
     * @throws dev.chandlery.oci.StorageException when the folder holds other things, or cannot be written
     */
    public static LayoutWriter toFolder(Path folder, EarlierLayout base) {
        return new LayoutWriter(FolderSink.open(folder), base, "layout " + folder);
    }

    /** As if it were one of the others, but nothing is written and no content of blobs is asked for. */
    public static LayoutWriter rehearsal(Path folderOrArchive, EarlierLayout base) {
        Layout before = Files.exists(folderOrArchive.resolve("oci-layout"))
                ? Layout.open(folderOrArchive)
                : null;
        return new LayoutWriter(new RehearsalSink(before), base, "rehearsal of "
                + folderOrArchive);
    }

    /** One repository of this layout: its tags have names {@code repository:tag}. */
    public Target repository(RepositoryName repository) {
        return new RepositoryInLayout(this, repository);
    }

    /** Makes all that was pushed and tagged show up, lasting; nothing can be pushed after that. */
    public void finish() {
        sink.finish(draft, base);
    }

    @Override
    public InputStream fetch(Descriptor descriptor) {
        return sink.open(descriptor);
    }

    @Override
    public boolean exists(Descriptor descriptor) {
        if (!descriptor.mediaType().isManifest()) {
            return base.has(descriptor) || sink.exists(descriptor);
        }
        return draft.find(descriptor.digest()).isPresent() && sink.exists(descriptor);
    }

    @Override
    public Optional<Descriptor> find(Identifier identifier) {
        return switch (identifier) {
            case Digest digest -> draft.find(digest);
            case Tag tag -> draft.find(tag.value());
        };
    }

    @Override
    public Optional<TagLister> tagLister() {
        return Optional.of(() -> tags(""));
    }

    @Override
    public Optional<ReferrerLister> referrerLister() {
        return Optional.of(draft::attachedTo);
    }

    /**
     * {@inheritDoc}
     *
     * @throws ContentNotFoundException when a manifest names content that is not there
     */
    @Override
    public void push(Descriptor expected, Content content) {
        push(expected, content, PushHint.NONE);
    }

    @Override
    public Pushed push(Descriptor expected, Content content, PushHint hint) {
        try (KeyedLocks.Held _ = locks.acquire(expected.digest())) {
            if (!hint.resend() && exists(expected)) {
                return Pushed.PRESENT;
            }
            write(expected, content);
            return Pushed.SENT;
        }
    }

    @Override
    public void tag(Descriptor manifest, Tag tag) {
        tag(manifest, tag.value());
    }

    /** Ends it; an archive that was not finished is kept under the name of a part, for another attempt. */
    @Override
    public void close() {
        sink.close();
    }

    @Override
    public String toString() {
        return name;
    }

    void tag(Descriptor manifest, String as) {
        if (!draft.name(as, manifest.digest())) {
            throw new ContentNotFoundException("cannot tag " + manifest.digest() + " as " + as
                    + " in " + this + ": not found");
        }
    }

    Optional<Descriptor> find(String named) {
        return draft.find(named);
    }

    /** Of names that begin so, what comes behind it, as far as it is a tag. */
    Stream<Tag> tags(String prefix) {
        return draft.names()
                .stream()
                .filter(named -> named.startsWith(prefix))
                .flatMap(named -> tagOf(named.substring(prefix.length())).stream());
    }

    private void write(Descriptor expected, Content content) {
        if (!expected.mediaType().isManifest()) {
            sink.write(expected, content, this);
            return;
        }
        ManifestDocument document = Admission.read(expected, content, this);
        Admission.requireChildren(document, this);
        if (!sink.exists(expected)) {
            sink.write(expected.digest(), document.raw());
        }
        draft.add(document);
    }

    private static Optional<Tag> tagOf(String text) {
        try {
            return Optional.of(new Tag(text));
        } catch (InvalidReferenceException _) {
            return Optional.empty();
        }
    }
}
