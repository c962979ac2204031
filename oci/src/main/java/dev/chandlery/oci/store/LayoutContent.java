package dev.chandlery.oci.store;

import dev.chandlery.oci.Descriptor;
import java.io.InputStream;

/** The blobs of a layout, in files of their own or inside an archive. */
interface LayoutContent {

    /** Whether something of that digest and size is there; its bytes are not looked at. */
    boolean exists(Descriptor descriptor);

    /** A verifying stream, as {@link dev.chandlery.oci.content.Fetcher#fetch} says. */
    InputStream open(Descriptor descriptor);
}
