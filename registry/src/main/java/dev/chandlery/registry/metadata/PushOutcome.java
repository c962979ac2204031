package dev.chandlery.registry.metadata;

import dev.chandlery.oci.Digest;
import java.util.List;

/** What became of a {@link ManifestPush}. */
public sealed interface PushOutcome {

    /** Everything is recorded. */
    record Stored() implements PushOutcome {}

    /** Nothing is recorded: these are no members of the repository; in order of the manifest. */
    record ContentMissing(List<Digest> digests) implements PushOutcome {
        public ContentMissing {
            digests = List.copyOf(digests);
        }
    }

    /** Nothing is recorded: the repository holds the content in another size than the manifest says. */
    record SizeDiffers(Digest digest, long expected, long actual) implements PushOutcome {}

    /** Nothing is recorded: the condition on the tag does not hold. */
    record ConditionFailed() implements PushOutcome {}
}
