package dev.chandlery.oci.content;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.ManifestDocument;
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

    /**
     * As {@link #push(Descriptor, Content)}, with what the caller knows, and telling how it came about.
     * Manifests pushed in this way are not linked to their subjects: {@link #referrerLinker} does that for
     * many at once.
     */
    default Pushed push(Descriptor expected, Content content, PushHint hint) {
        boolean there = !hint.resend() && exists(expected);
        push(expected, content);
        return there ? Pushed.PRESENT : Pushed.SENT;
    }

    /** Points the tag at a manifest that is there. */
    void tag(Descriptor manifest, Tag tag);

    /** Stores the manifest and points the tag at it: one request where a registry is the store. */
    default void push(ManifestDocument manifest, Tag tag) {
        push(manifest.descriptor(), Content.of(manifest.raw()), PushHint.NONE);
        tag(manifest.descriptor(), tag);
    }

    /** Links manifests to their subjects, where the store wants to be told. */
    default Optional<ReferrerLinker> referrerLinker() {
        return Optional.empty();
    }

    /** Takes blobs over from another repository of the same registry, where the store can. */
    default Optional<Mounter> mounter() {
        return Optional.empty();
    }

    /** Removes manifests, blobs and tags, where the store can. */
    default Optional<Deleter> deleter() {
        return Optional.empty();
    }
}
