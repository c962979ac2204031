package dev.chandlery.oci;

import java.util.Objects;

/** Identity of a node in a content graph: the same bytes may be a manifest here and a blob there. */
public record NodeKey(Digest digest, Kind kind) {

    /** Which endpoint serves the content. */
    public enum Kind {
        MANIFEST, BLOB
    }

    public NodeKey {
        Objects.requireNonNull(digest);
        Objects.requireNonNull(kind);
    }
}
