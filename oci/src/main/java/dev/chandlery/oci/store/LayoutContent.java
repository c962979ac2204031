package dev.chandlery.oci.store;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import java.io.InputStream;
import java.util.OptionalLong;

/** The blobs of a layout, in files of their own or inside an archive. */
interface LayoutContent {

    /** Whether something of that digest and size is there; its bytes are not looked at. */
    boolean exists(Descriptor descriptor);

    /**
     * Bytes that are there under that digest, whatever they should be; empty when nothing is, or for what is
     * being written.
     */
    default OptionalLong size(Digest digest) {
        return OptionalLong.empty();
    }

    /** A verifying stream, as {@link dev.chandlery.oci.content.Fetcher#fetch} says. */
    InputStream open(Descriptor descriptor);
}
