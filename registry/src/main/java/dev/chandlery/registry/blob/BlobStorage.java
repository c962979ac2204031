package dev.chandlery.registry.blob;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Content by digest, and content on its way in. Implementations are thread-safe. */
public interface BlobStorage extends AutoCloseable {

    /** The complete content of that digest, empty when it is not there. */
    Optional<StoredBlob> find(Digest digest);

    /** Makes small content durable and visible as that digest, which the caller has verified. */
    void put(Digest verified, Bytes content);

    /**
     * Opens staged content to append to it.
     *
     * @param id safe as a file name
     * @param create whether to begin it when it is not there
     * @return empty when it is not there and {@code create} is false
     */
    Optional<StagedBlob> stage(String id, boolean create);

    /** Visits content that was last committed before that time, in no order. */
    void visitCommittedBefore(Instant time, Consumer<Digest> visitor);

    /** Drops content, unless it was committed again since that time; whether it was dropped. */
    boolean remove(Digest digest, Instant time);

    /**
     * Moves content aside, out of sight of {@link #find} and to where people can look at it, unless it was
     * committed again since that time; where it went, empty when it was not moved.
     */
    Optional<String> quarantine(Digest digest, Instant time);

    /** Visits the ids of staged content that did not grow since that time, in no order. */
    void visitStagedBefore(Instant time, Consumer<String> visitor);

    /** Drops staged content; nothing happens when there is none. */
    void discard(String id);

    /** Ends connections, where there are such. */
    @Override
    default void close() {
        // Files are open only while they are used.
    }
}
