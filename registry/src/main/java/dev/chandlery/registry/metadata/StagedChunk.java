package dev.chandlery.registry.metadata;

import java.util.Objects;

/**
 * A part of an upload that storage keeps under a name of its own.
 *
 * @param begin offset of its first byte in the upload
 * @param size in bytes, at least 1
 * @param name that nothing else in the session has or had
 */
public record StagedChunk(long begin, long size, String name) {

    public StagedChunk {
        Objects.requireNonNull(name);
    }

    /** Offset of the byte that follows. */
    public long end() {
        return begin + size;
    }
}
