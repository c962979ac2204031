package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;

/** What must hold for a tag before it is moved: the database's compare-and-set. */
public sealed interface TagCondition {

    /** No condition. */
    record Any() implements TagCondition {}

    /** The tag must not be there ({@code If-None-Match: *}). */
    record Absent() implements TagCondition {}

    /** The tag must be there, whatever it points at ({@code If-Match: *}). */
    record Present() implements TagCondition {}

    /** The tag must point at this manifest ({@code If-Match: "<digest>"}). */
    record PointsAt(Digest digest) implements TagCondition {}
}
