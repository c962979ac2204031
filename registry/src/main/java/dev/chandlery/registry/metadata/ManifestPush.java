package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.Tag;
import java.util.List;
import java.util.Set;

/**
 * What one push of a manifest records, all or nothing.
 *
 * @param manifest the record
 * @param requiredBlobs must be members of the repository
 * @param tags to point at the manifest; may be empty
 * @param condition on the first tag
 */
public record ManifestPush(ManifestRecord manifest, Set<Digest> requiredBlobs, List<Tag> tags,
        TagCondition condition) {

    public ManifestPush {
        requiredBlobs = Set.copyOf(requiredBlobs); // only asked, never serialised
        tags = List.copyOf(tags);
    }
}
