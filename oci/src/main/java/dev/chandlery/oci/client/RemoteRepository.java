package dev.chandlery.oci.client;

import dev.chandlery.oci.Algorithm;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentMismatchException;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.Manifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.RegistryLocation;
import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.TransferException;
import dev.chandlery.oci.api.Endpoints;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Deleter;
import dev.chandlery.oci.content.Mounter;
import dev.chandlery.oci.content.PushHint;
import dev.chandlery.oci.content.Pushed;
import dev.chandlery.oci.content.ReferrerLinker;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.oci.content.TagLister;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.json.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One repository of a registry in all roles of {@code dev.chandlery.oci.content}. Manifests are told from
 * blobs by their media type.
 *
 * <p><b>Concurrency:</b> thread-safe. <b>Spec:</b> distribution-spec v1.1.1.
 */
public final class RemoteRepository implements Target {
    private final RegistryConnection connection;
    private final RepositoryName name;
    private final BlobEndpoint blobs;
    private final ManifestEndpoint manifests;
    private final UploadEndpoint uploads;
    private final ReferrersFallback fallback;
    private final RemoteReferrers referrers;

    RemoteRepository(RegistryConnection connection, RepositoryName name) {
        this.connection = connection;
        this.name = name;
        this.blobs = new BlobEndpoint(connection, name);
        this.manifests = new ManifestEndpoint(connection, name);
        this.uploads = new UploadEndpoint(connection, name);
        this.fallback = new ReferrersFallback(connection, name, manifests);
        this.referrers = new RemoteReferrers(connection, name, fallback);
    }

    public RepositoryName name() {
        return name;
    }

    @Override
    public boolean exists(Descriptor descriptor) {
        return descriptor.mediaType().isManifest()
                ? manifests.find(descriptor.digest()).isPresent()
                : blobs.exists(descriptor);
    }

    @Override
    public Optional<Descriptor> find(Identifier identifier) {
        return manifests.find(identifier);
    }

    @Override
    public Optional<ManifestDocument> findManifest(Identifier identifier) {
        return manifests.get(identifier)
                .map(found -> ManifestReader.read(found.raw(), found.descriptor().mediaType(), found
                        .descriptor()
                        .digest()));
    }

    @Override
    public Optional<RegistryLocation> location() {
        return Optional.of(new RegistryLocation(connection.registry(), name));
    }

    @Override
    public long throttles() {
        return connection.transport().throttles(connection.origin());
    }

    @Override
    public InputStream fetch(Descriptor descriptor) {
        return descriptor.mediaType().isManifest()
                ? fetchManifest(descriptor).openStream()
                : blobs.fetch(descriptor);
    }

    private Bytes fetchManifest(Descriptor descriptor) {
        Bytes raw = manifests.get(descriptor.digest())
                .orElseThrow(() -> new ContentNotFoundException("cannot fetch manifest "
                        + descriptor.digest() + " from " + this + ": not found"))
                .raw();
        if (raw.size() != descriptor.size()) {
            throw new ContentMismatchException("manifest " + descriptor.digest() + " from " + this,
                    descriptor.size() + " bytes", raw.size() + " bytes");
        }
        return raw;
    }

    /**
     * Blobs that are there already are not sent; manifests are small and always sent.
     *
     * <p>Workaround(distribution): a mount writes the blob's link anew, also from the repository itself, and who
     * pushes a manifest at that moment is told that the blob is unknown. Many may push the same blob here, so
     * it is asked for without a mount; copies, which send each once, save that question.
     */
    @Override
    public void push(Descriptor expected, Content content) {
        if (!expected.mediaType().isManifest()) {
            if (!blobs.exists(expected)) {
                push(expected, content, PushHint.NONE);
            }
            return;
        }
        ManifestDocument document = read(expected, content);
        Manifest manifest = document.manifest();
        boolean linked = put(document);
        if (!linked) {
            manifest.subjectDescriptor()
                    .ifPresent(subject -> link(subject.digest(), List.of(
                            ReferrersFallback.entry(expected, manifest))));
        }
    }

    @Override
    public Pushed push(Descriptor expected, Content content, PushHint hint) {
        if (!expected.mediaType().isManifest()) {
            return new BlobPush(connection, blobs, uploads).push(expected, content, hint);
        }
        put(read(expected, content));
        return Pushed.SENT;
    }

    /** By the tag at once; what has another digest than the registry would compute, by its digest first. */
    @Override
    public void push(ManifestDocument manifest, Tag tag) {
        Descriptor descriptor = manifest.descriptor();
        if (descriptor.digest().algorithm() != Algorithm.SHA256) {
            put(manifest);
        }
        manifests.put(tag, descriptor.mediaType(), manifest.raw());
    }

    /** Whether the registry lists it at its subject. */
    private boolean put(ManifestDocument document) {
        Descriptor descriptor = document.descriptor();
        return manifests.put(descriptor.digest(), descriptor.mediaType(), document.raw());
    }

    private boolean link(Digest subject, List<Descriptor> entries) {
        return !entries.isEmpty() && !referrers.hasApi(subject) && fallback.link(subject, entries);
    }

    @Override
    public Optional<ReferrerLinker> referrerLinker() {
        return Optional.of(new ReferrerLinker() {
            @Override
            public boolean link(Digest subject, List<Descriptor> entries) {
                return RemoteRepository.this.link(subject, entries);
            }

            @Override
            public void settle(Digest subject) {
                fallback.settle(subject);
            }
        });
    }

    /**
     * To be called at the end of a run that pushed manifests with subjects: what {@link ReferrerLinker#settle}
     * does, for all lists of this repository that were written through its {@link RemoteRegistry}.
     */
    public void settle() {
        connection.lists().subjects(name).forEach(fallback::settle);
    }

    private ManifestDocument read(Descriptor expected, Content content) {
        return ManifestReader.read(bytes(expected, content), expected.mediaType(), expected
                .digest());
    }

    private Bytes bytes(Descriptor expected, Content content) {
        if (expected.size() > Endpoints.MAX_MANIFEST_BYTES) {
            throw new LimitExceededException("cannot push manifest " + expected.digest() + " to "
                    + this + ": " + expected.size() + " bytes, registries take "
                    + Endpoints.MAX_MANIFEST_BYTES);
        }
        String what = "manifest " + expected.digest();
        try (InputStream in = content.open()) {
            Bytes raw = Bytes.of(in.readNBytes(Math.toIntExact(expected.size()) + 1));
            if (raw.size() != expected.size()) {
                throw new ContentMismatchException(what, expected.size() + " bytes", raw
                        .size() > expected.size() ? "more" : raw.size() + " bytes");
            }
            Object actual = raw.digest(expected.digest().algorithm());
            if (!actual.equals(expected.digest())) {
                throw new ContentMismatchException(what, expected.digest().toString(), actual
                        .toString());
            }
            return raw;
        } catch (IOException e) {
            throw new TransferException("cannot push " + what + " to " + this
                    + ": reading it failed: " + e.getMessage(), e, false);
        }
    }

    @Override
    public void tag(Descriptor manifest, Tag tag) {
        manifests.put(tag, manifest.mediaType(), fetchManifest(manifest));
    }

    /**
     * Tries whether content could be pushed, by an upload session that is cancelled at once.
     *
     * @throws dev.chandlery.oci.OciException when the registry refuses
     */
    public void checkWritable() {
        uploads.begin(Descriptor.EMPTY).cancel();
    }

    /** All tags in the registry's order, page by page as the stream is read; none when it is not there. */
    public Stream<Tag> tags() {
        return new NameLists(connection).tags(name);
    }

    @Override
    public Optional<TagLister> tagLister() {
        return Optional.of(this::tags);
    }

    @Override
    public Optional<ReferrerLister> referrerLister() {
        return Optional.of(referrers);
    }

    @Override
    public Optional<Mounter> mounter() {
        return Optional.of(uploads::mount);
    }

    @Override
    public Optional<Deleter> deleter() {
        return Optional.of(new RemoteDeleter(connection, name, fallback));
    }

    @Override
    public String toString() {
        return connection.registry() + "/" + name;
    }
}
