package dev.chandlery.oci.store;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.content.Manifests;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the reader of a layout has already from an earlier one, so that it can be left out: all blobs that the
 * earlier one names, be they in it or in the one that it builds on itself. Manifests are never left out: each
 * layout tells the whole graph of what it is about.
 *
 * @param blobs sizes in bytes by digest
 * @param index digest of the earlier layout's index; null when there is none
 */
public record EarlierLayout(Map<Digest, Long> blobs, @Nullable Digest index) {
    /** Nothing is left out. */
    public static final EarlierLayout NONE = new EarlierLayout(Map.of(), null);

    public EarlierLayout {
        blobs = Collections.unmodifiableMap(new HashMap<>(blobs));
    }

    /**
     * Reads all manifests of the layout.
     *
     * @throws dev.chandlery.oci.OciException when one of them is missing or corrupt
     */
    public static EarlierLayout of(Layout previous) {
        Map<Digest, Long> blobs = new HashMap<>();
        for (Descriptor manifest : previous.manifests()) {
            Manifests.fetch(previous, manifest)
                    .manifest()
                    .successors()
                    .stream()
                    .filter(node -> node.key().kind() == NodeKey.Kind.BLOB)
                    .forEach(blob -> blobs.put(blob.digest(), blob.size()));
        }
        return new EarlierLayout(blobs, previous.digest());
    }

    boolean has(Descriptor descriptor) {
        return Optional.ofNullable(blobs.get(descriptor.digest()))
                .filter(size -> size == descriptor.size() && !descriptor.mediaType().isManifest())
                .isPresent();
    }
}
