package dev.chandlery.oci.content;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Tag;

/** Removes content; what is not there is a success. */
public interface Deleter {

    /**
     * Removes a manifest, with the tags that point at it, or a blob.
     *
     * @throws dev.chandlery.oci.UnsupportedFeatureException when the registry does not delete
     */
    void delete(Descriptor descriptor);

    /** Removes a tag; the manifest stays. */
    void untag(Tag tag);
}
