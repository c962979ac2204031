package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A manifest of a repository, as collections look at it.
 *
 * @param digest of its bytes
 * @param size of its bytes
 * @param subject what it is attached to, null when it is not
 * @param touched when a push last brought it, named it or attached something to it, or when it lost a tag
 * @param tags that point at it, and when each was last pushed
 * @param children manifests that it names
 */
public record HeldManifest(Digest digest, long size, @Nullable Digest subject, Instant touched,
        SortedMap<Tag, Instant> tags, SortedSet<Digest> children) {

    public HeldManifest {
        Objects.requireNonNull(digest);
        Objects.requireNonNull(touched);
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        children = Collections.unmodifiableSortedSet(new TreeSet<>(children));
    }
}
