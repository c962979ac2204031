package dev.chandlery.oci.copy;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.OciException;

/** How a request ended. */
public sealed interface CopyOutcome {

    CopyRequest request();

    /**
     * All of it is at the target, and its tags were read back.
     *
     * @param root that the tags point at
     * @param changed whether anything had to be written; referrers count too
     */
    record Copied(CopyRequest request, Descriptor root, boolean changed) implements CopyOutcome {}

    /**
     * None of its tags was moved, unless all was copied, and only then other clients overwrote a list of
     * referrers again and again.
     *
     * @param failure why
     * @param ofReferrers whether it failed with what is attached to the graph, and not with that itself
     */
    record NotCopied(CopyRequest request, OciException failure, boolean ofReferrers)
            implements
            CopyOutcome {
        public NotCopied(CopyRequest request, OciException failure) {
            this(request, failure, false);
        }
    }

    /** It has nothing for the platforms that were asked for. */
    record LeftOut(CopyRequest request, Descriptor root) implements CopyOutcome {}
}
