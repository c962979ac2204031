package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Tag;
import java.util.List;

/**
 * What one push of a manifest records, all or nothing.
 *
 * @param manifest the record
 * @param required content that must be in the repository already
 * @param tags to point at the manifest; may be empty
 * @param condition on the first tag
 */
public record ManifestPush(ManifestRecord manifest, List<Requirement> required, List<Tag> tags,
        TagCondition condition) {

    public ManifestPush {
        required = List.copyOf(required);
        tags = List.copyOf(tags);
    }
}
