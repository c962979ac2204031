package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;
import java.util.List;

/** What became of a {@link ManifestPush}. */
public sealed interface PushOutcome {

    /** Everything is recorded. */
    record Stored() implements PushOutcome {}

    /** Nothing is recorded: these blobs are no members of the repository; sorted. */
    record BlobsMissing(List<Digest> digests) implements PushOutcome {}

    /** Nothing is recorded: the condition on the tag does not hold. */
    record ConditionFailed() implements PushOutcome {}
}
