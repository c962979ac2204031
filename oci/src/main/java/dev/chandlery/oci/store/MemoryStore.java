package dev.chandlery.oci.store;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.LimitExceededException;
import dev.chandlery.oci.Manifest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Content;
import dev.chandlery.oci.content.Deleter;
import dev.chandlery.oci.content.ReferrerLister;
import dev.chandlery.oci.content.TagLister;
import dev.chandlery.oci.content.Target;
import dev.chandlery.oci.content.VerifyingStream;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * A store in memory, for tests and for small graphs on their way. A manifest is taken only when all that it
 * names is there.
 *
 * <p><b>Concurrency:</b> safe; bytes are read from their source without a lock, and what changes manifests
 * or tags together is done under this object's monitor, without I/O.
 */
public final class MemoryStore implements Target {
    private static final int MAX_BLOB_BYTES = Integer.MAX_VALUE - 8;

    private final Map<Digest, Bytes> blobs = new ConcurrentHashMap<>();
    private final Map<Digest, ManifestDocument> manifests = new ConcurrentHashMap<>();
    private final Map<Tag, Digest> tags = new ConcurrentSkipListMap<>();

    @Override
    public InputStream fetch(Descriptor descriptor) {
        Bytes bytes = find(descriptor).orElseThrow(() -> new ContentNotFoundException(
                "cannot fetch "
                        + descriptor.digest() + " from " + this + ": not found"));
        return new VerifyingStream(bytes.openStream(), descriptor, descriptor.digest() + " of "
                + this);
    }

    @Override
    public boolean exists(Descriptor descriptor) {
        return find(descriptor).filter(bytes -> bytes.size() == descriptor.size()).isPresent();
    }

    @Override
    public Optional<Descriptor> find(Identifier identifier) {
        Optional<Digest> digest = switch (identifier) {
            case Digest given -> Optional.of(given);
            case Tag tag -> Optional.ofNullable(tags.get(tag));
        };
        return digest.map(manifests::get).map(MemoryStore::plain);
    }

    @Override
    public Optional<TagLister> tagLister() {
        return Optional.of(() -> List.copyOf(tags.keySet()).stream());
    }

    @Override
    public Optional<ReferrerLister> referrerLister() {
        return Optional.of(this::referrers);
    }

    /**
     * {@inheritDoc}
     *
     * @throws ContentNotFoundException when a manifest names content that is not there
     * @throws LimitExceededException when a blob is too large for an array
     */
    @Override
    public void push(Descriptor expected, Content content) {
        if (exists(expected)) {
            return;
        }
        if (expected.size() > MAX_BLOB_BYTES) {
            throw new LimitExceededException("cannot " + Admission.pushing(expected, this)
                    + ": at most " + MAX_BLOB_BYTES + " bytes are kept in memory");
        }
        if (expected.mediaType().isManifest()) {
            store(Admission.read(expected, content, this));
        } else {
            blobs.put(expected.digest(), Admission.bytes(expected, content, this));
        }
    }

    @Override
    public synchronized void tag(Descriptor manifest, Tag tag) {
        if (!manifests.containsKey(manifest.digest())) {
            throw new ContentNotFoundException("cannot tag " + manifest.digest() + " as " + tag
                    + " in " + this + ": not found");
        }
        tags.put(tag, manifest.digest());
    }

    @Override
    public Optional<Deleter> deleter() {
        return Optional.of(new Deleter() {
            @Override
            public void delete(Descriptor descriptor) {
                remove(descriptor.key());
            }

            @Override
            public void untag(Tag tag) {
                tags.remove(tag);
            }
        });
    }

    @Override
    public String toString() {
        return "memory";
    }

    private synchronized void store(ManifestDocument document) {
        Admission.requireChildren(document, this);
        manifests.put(document.descriptor().digest(), document);
    }

    private synchronized void remove(NodeKey key) {
        switch (key.kind()) {
            case BLOB -> blobs.remove(key.digest());
            case MANIFEST -> {
                manifests.remove(key.digest());
                tags.values().removeIf(key.digest()::equals);
            }
        }
    }

    private Optional<Bytes> find(Descriptor descriptor) {
        return switch (descriptor.key().kind()) {
            case BLOB -> Optional.ofNullable(blobs.get(descriptor.digest()));
            case MANIFEST -> Optional.ofNullable(manifests.get(descriptor.digest()))
                    .map(ManifestDocument::raw);
        };
    }

    private Stream<Descriptor> referrers(Digest subject) {
        return manifests.values()
                .stream()
                .filter(document -> isAttachedTo(document.manifest(), subject))
                .map(Referrers::describe)
                .sorted(Comparator.comparing(Descriptor::digest));
    }

    private static boolean isAttachedTo(Manifest manifest, Digest subject) {
        return manifest.subjectDescriptor().filter(d -> d.digest().equals(subject)).isPresent();
    }

    private static Descriptor plain(ManifestDocument document) {
        Descriptor found = document.descriptor();
        return Descriptor.of(found.mediaType(), found.digest(), found.size());
    }
}
