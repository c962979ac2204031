package dev.chandlery.registry.metadata;

import dev.chandlery.oci.NodeKey;
import java.util.Objects;
import java.util.Set;

/**
 * All that is recorded of a manifest, to be compared with its bytes.
 *
 * @param manifest the record
 * @param indexed whether what it names was recorded
 * @param named what is recorded that it names
 */
public record RecordedManifest(ManifestRecord manifest, boolean indexed, Set<NodeKey> named) {

    public RecordedManifest {
        Objects.requireNonNull(manifest);
        named = Set.copyOf(named);
    }
}
