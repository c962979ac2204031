package dev.chandlery.registry.blob;

import dev.chandlery.oci.Digest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Content by digest, and content on its way in. Implementations are thread-safe. */
public interface BlobStorage {

    /** The complete content of that digest, empty when it is not there. */
    Optional<StoredBlob> find(Digest digest);

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

    /** Drops staged content; nothing happens when there is none. */
    void discard(String id);

    /** Drops all staged content but that of these ids: what a killed process left behind. */
    void discardAllBut(Set<String> ids);
}
