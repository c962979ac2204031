package dev.chandlery.upstream;

import java.nio.file.Path;

/** Is told how a fetch goes, by any thread; must return soon. */
@FunctionalInterface
public interface FetchListener {

    /** So many more bytes came; what comes a second time is not told again. */
    void came(long bytes);

    /**
     * The first bytes of the file can be read; fewer than before when the fetch began anew. Nothing is proven of
     * them yet.
     *
     * @param size number of those bytes
     */
    default void readable(Path file, long size) {}
}
