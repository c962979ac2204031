package dev.chandlery.registry.metadata;

import dev.chandlery.oci.NodeKey;
import dev.chandlery.oci.Tag;
import java.util.List;

/**
 * What one push of a manifest records, all or nothing.
 *
 * @param manifest the record
 * @param required content that must be in the repository already
 * @param named all content that the manifest names, the required among it; kept while it is there
 * @param tags to point at the manifest; may be empty
 * @param condition on the first tag
 */
public record ManifestPush(ManifestRecord manifest, List<Requirement> required, List<NodeKey> named,
        List<Tag> tags, TagCondition condition) {

    public ManifestPush {
        required = List.copyOf(required);
        named = List.copyOf(named);
        tags = List.copyOf(tags);
    }
}
