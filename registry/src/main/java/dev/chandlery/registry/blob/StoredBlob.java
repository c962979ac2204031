package dev.chandlery.registry.blob;

import java.nio.channels.ReadableByteChannel;

/** Complete content in storage; it stays readable through channels that are open when it is removed. */
public interface StoredBlob {

    /** Size in bytes. */
    long size();

    /**
     * A channel that stands at that byte; the caller closes it.
     *
     * @throws dev.chandlery.oci.StorageException when it cannot be opened
     */
    ReadableByteChannel open(long offset);
}
