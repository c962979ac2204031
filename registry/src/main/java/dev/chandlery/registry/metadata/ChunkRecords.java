package dev.chandlery.registry.metadata;

import java.util.List;

/**
 * Which parts make up an upload, where storage cannot append to what it has. They go with their session.
 */
public interface ChunkRecords {

    /** All parts of the session, without gaps, from the first byte on. */
    List<StagedChunk> list(String session);

    /**
     * Adds the part to the end of the upload; durable when it returns.
     *
     * @return false when the upload does not end there, because another process went on with it, or when
     *     there is no such session any more; nothing is recorded then
     */
    boolean add(String session, StagedChunk chunk);

    /** Takes the part away again; nothing happens when it is not there. */
    void remove(String session, StagedChunk chunk);
}
