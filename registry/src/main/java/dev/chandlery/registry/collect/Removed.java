package dev.chandlery.registry.collect;

import dev.chandlery.oci.RepositoryName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a collection took away, or would take.
 *
 * @param kind of what it is
 * @param repository that it belonged to; null for content, which belongs to all
 * @param id digest, or name of an upload
 * @param bytes that it has
 */
public record Removed(Kind kind, @Nullable RepositoryName repository, String id, long bytes) {

    /** What collections take away. */
    public enum Kind {
        /** An upload that nobody finished. */
        UPLOAD("upload"),
        /** A manifest, with its tags if it had some. */
        MANIFEST("manifest"),
        /** A repository's hold of a blob. */
        BLOB("blob"),
        /** Bytes in storage. */
        CONTENT("content");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The word that results show. */
        public String label() {
            return label;
        }
    }

    public Removed {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(id);
    }
}
