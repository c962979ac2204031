package dev.chandlery.oci.content;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.RepositoryName;

/** Takes a blob over from another repository of the same registry without moving its bytes. */
@FunctionalInterface
public interface Mounter {

    /** Whether the blob is now in this repository; when not, it must be pushed. */
    boolean mount(Descriptor blob, RepositoryName from);
}
