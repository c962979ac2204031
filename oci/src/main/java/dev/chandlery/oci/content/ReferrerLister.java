package dev.chandlery.oci.content;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MediaType;
import java.util.stream.Stream;

/** Lists manifests by their subject. */
@FunctionalInterface
public interface ReferrerLister {

    /**
     * Descriptors, with artifact type and annotations, of the manifests whose subject it is; fetched page
     * by page as the stream is read; empty when there are none or the subject is unknown.
     */
    Stream<Descriptor> referrers(Digest subject);

    /** Only those of one artifact type. */
    default Stream<Descriptor> referrers(Digest subject, MediaType artifactType) {
        return referrers(subject).filter(d -> artifactType.equals(d.artifactType()));
    }

    /**
     * Whether the lists are kept under fallback tags, so that a subject without such a tag has no referrers;
     * may ask the store once.
     *
     * <p><b>Spec:</b> distribution-spec v1.1.1, Referrers Tag Schema.
     */
    default boolean keptUnderTags() {
        return false;
    }
}
