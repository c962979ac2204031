package dev.chandlery.publisher.pack;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a layer.
 *
 * @param entries by path in the layer, such as {@code bin/protoc}
 * @param entrypoint path of the executable that a container runs
 */
record ToolTree(SortedMap<String, Entry> entries, String entrypoint) {

    /** What a path of the layer is. */
    sealed interface Entry {

        /** A file. */
        record File(ArchiveEntry.File content, boolean executable) implements Entry {}

        /** A symbolic link, kept as it is. */
        record Link(String target) implements Entry {}
    }

    ToolTree {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        if (!entries.containsKey(entrypoint)) {
            throw new IllegalArgumentException("no entrypoint " + entrypoint);
        }
    }
}
