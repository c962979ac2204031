package dev.chandlery.registry.collect;

import dev.chandlery.oci.RepositoryName;
import dev.chandlery.oci.Tag;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a collection took away, or would take.
 *
 * @param kind of what it is
 * @param repository that it belonged to; null for content, which belongs to all
 * @param id digest, or name of an upload
 * @param bytes that it has
 * @param tags that went with it
 */
public record Removed(Kind kind, @Nullable RepositoryName repository, String id, long bytes,
        List<Tag> tags) {

    /** What collections take away. */
    public enum Kind {
        /** An upload that nobody finished. */
        UPLOAD("upload"),
        /** A manifest with tags, by a policy. */
        VERSION("version"),
        /** A manifest that nothing needed. */
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
        tags = List.copyOf(tags);
    }

    Removed(Kind kind, @Nullable RepositoryName repository, String id, long bytes) {
        this(kind, repository, id, bytes, List.of());
    }
}
