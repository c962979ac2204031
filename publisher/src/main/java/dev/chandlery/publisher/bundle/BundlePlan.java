package dev.chandlery.publisher.bundle;

import dev.chandlery.config.BundleSpec;
import dev.chandlery.config.source.PlatformName;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.client.RemoteRepository;
import dev.chandlery.publisher.pack.PackedArtifact;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A bundle as it is to be, worked out from what the registry has of its tools, and what there is of it.
 *
 * @param bundle from registry.yaml
 * @param repository that it goes to
 * @param index over all platforms
 * @param images by platform, in the order of the index
 * @param lock attached to the index
 * @param tags that are to name the index, {@code latest} last
 * @param leftOut platforms that some tools have and others lack, with the reason
 * @param present what {@code latest} names now
 * @param need what is to be done
 */
public record BundlePlan(BundleSpec bundle, RemoteRepository repository, ManifestDocument index,
        List<BundleImage> images, PackedArtifact lock, List<Tag> tags,
        SortedMap<PlatformName, String> leftOut, Optional<Digest> present, Need need) {

    /** What is to be done. */
    public enum Need {
        /** It is there, with all evidence. */
        NOTHING,
        /** It is there, and some evidence is not. */
        EVIDENCE,
        /** It is not there. */
        ALL
    }

    public BundlePlan {
        images = List.copyOf(images);
        tags = List.copyOf(tags);
        leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
    }

    /** Whether there is nothing to do. */
    public boolean upToDate() {
        return need == Need.NOTHING;
    }

    /** Platforms that it is built for. */
    public List<PlatformName> platforms() {
        return images.stream().map(BundleImage::platform).toList();
    }

    /** Bytes of all layers that a client fetches for a platform. */
    public long sizeBytes(PlatformName platform) {
        return images.stream()
                .filter(image -> image.platform().equals(platform))
                .flatMap(image -> image.layers().stream())
                .mapToLong(layer -> layer.layer().size())
                .sum();
    }

    /** Digest of the index. */
    public Digest digest() {
        return index.descriptor().digest();
    }
}
