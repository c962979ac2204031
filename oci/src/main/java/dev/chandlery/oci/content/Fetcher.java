package dev.chandlery.oci.content;

import dev.chandlery.oci.Descriptor;
import java.io.InputStream;

/** Reads content by its descriptor. */
public interface Fetcher {

    /**
     * Opens the content; the caller closes the stream. Every byte is hashed on the way: a size or digest
     * that differs surfaces as {@link dev.chandlery.oci.ContentMismatchException} at the end of the
     * stream at the latest, so bytes must not be trusted before the end was reached.
     *
     * @throws dev.chandlery.oci.ContentNotFoundException when it is not there
     */
    InputStream fetch(Descriptor descriptor);
}
