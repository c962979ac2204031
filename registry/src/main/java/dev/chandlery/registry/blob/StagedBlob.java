package dev.chandlery.registry.blob;

import dev.chandlery.oci.Digest;
import java.io.InputStream;

/**
 * Content on its way in, kept under a name of its own until it is committed; it survives a restart. One
 * user at a time. All methods throw {@link dev.chandlery.oci.StorageException} when the disk fails.
 */
public interface StagedBlob extends AutoCloseable {

    /** Bytes staged so far. */
    long size();

    /** Appends; when the disk fails, the content is cut back to what was there before. */
    void append(byte[] buffer, int length);

    /** Cuts off what was staged after that many bytes. */
    void truncate(long size);

    /** All bytes staged so far, from the first; the caller closes it. */
    InputStream open();

    /**
     * Makes the content durable and visible in storage as that digest, which the caller has verified.
     * What was staged is kept for {@link #secure} until the use ends.
     */
    void commit(Digest verified);

    /** After {@link #commit}: makes the content visible again if it was removed since. */
    void secure(Digest verified);

    /** Drops what was staged; nothing of it is kept by {@link #close} then. */
    void discard();

    /** Ends the use; staged bytes stay for a later {@link BlobStorage#stage}. */
    @Override
    void close();
}
