package dev.chandlery.oci;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Type, digest and size of content, with what a manifest says about it besides.
 *
 * <p>Two descriptors of the same content may differ in annotations, so a descriptor is no key: use
 * {@link NodeKey}.
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Content Descriptors.
 *
 * @param mediaType type of the content
 * @param digest address of the content
 * @param size of the content in bytes, not negative
 * @param annotations sorted; empty when there are none
 * @param artifactType OPTIONAL, of the manifest that is described
 * @param platform OPTIONAL, in the descriptors of an index
 * @param urls OPTIONAL places to fetch the content from; never followed without being asked
 * @param data OPTIONAL, the content itself
 */
public record Descriptor(MediaType mediaType, Digest digest, long size,
        SortedMap<String, String> annotations, @Nullable MediaType artifactType,
        @Nullable Platform platform, List<String> urls, @Nullable Bytes data) {

    /** The empty JSON object {@code {}}, for configs and layers that say nothing. */
    public static final Descriptor EMPTY = of(MediaType.EMPTY, Bytes.ofUtf8("{}"));

    public Descriptor {
        Objects.requireNonNull(mediaType);
        Objects.requireNonNull(digest);
        annotations = Annotations.sorted(annotations);
        urls = List.copyOf(urls);
        if (size < 0) {
            throw new InvalidReferenceException("descriptor size", Long.toString(size),
                    "expected 0 or more bytes");
        }
    }

    public static Descriptor of(MediaType mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, Annotations.none(), null, null, List.of(),
                null);
    }

    /** Describes those bytes by their SHA-256. */
    public static Descriptor of(MediaType mediaType, Bytes content) {
        return of(mediaType, content.digest(), content.size());
    }

    public Descriptor withAnnotations(SortedMap<String, String> replaced) {
        return new Descriptor(mediaType, digest, size, replaced, artifactType, platform, urls,
                data);
    }

    public Descriptor withArtifactType(MediaType type) {
        return new Descriptor(mediaType, digest, size, annotations, type, platform, urls, data);
    }

    public Descriptor withPlatform(Platform replaced) {
        return new Descriptor(mediaType, digest, size, annotations, artifactType, replaced, urls,
                data);
    }

    /** The content's identity in a graph. */
    public NodeKey key() {
        return new NodeKey(digest, mediaType.isManifest()
                ? NodeKey.Kind.MANIFEST
                : NodeKey.Kind.BLOB);
    }
}
