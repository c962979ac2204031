package dev.chandlery.registry.metadata;

import dev.chandlery.oci.NodeKey;
import java.util.Objects;

/**
 * Content that a manifest names and that must be a member of its repository.
 *
 * @param key what it is
 * @param size in bytes, as the manifest says
 */
public record Requirement(NodeKey key, long size) {

    public Requirement {
        Objects.requireNonNull(key);
    }
}
