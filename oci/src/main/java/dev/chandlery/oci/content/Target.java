package dev.chandlery.oci.content;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Tag;
import java.util.Optional;

/** A store that can be written. */
public interface Target extends Source {

    /**
     * Stores the content, unless it is there already, which is a success too. Nothing becomes visible
     * unless all bytes came and match the descriptor.
     *
     * @param expected digest and size that the content must have
     * @throws dev.chandlery.oci.ContentMismatchException when the bytes differ; nothing is stored
     */
    void push(Descriptor expected, Content content);

    /** Points the tag at a manifest that is there. */
    void tag(Descriptor manifest, Tag tag);

    /** Takes blobs over from another repository of the same registry, where the store can. */
    default Optional<Mounter> mounter() {
        return Optional.empty();
    }

    /** Removes manifests, blobs and tags, where the store can. */
    default Optional<Deleter> deleter() {
        return Optional.empty();
    }
}
