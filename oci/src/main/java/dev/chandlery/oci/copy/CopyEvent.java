package dev.chandlery.oci.copy;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.Tag;
import dev.chandlery.oci.content.Target;

/** What happens in a run. */
public sealed interface CopyEvent {

    /** Something that happens to one node of a graph. */
    sealed interface OfNode extends CopyEvent {
        Descriptor node();

        Target target();
    }

    /** The identifier of a request named this manifest. */
    record Resolved(CopyRequest request, Descriptor root) implements CopyEvent {}

    /** The bytes of a node are about to be sent. */
    record Started(Descriptor node, Target target) implements OfNode {}

    /**
     * Bytes moved; after a break the count may go back.
     *
     * @param bytes more than at the event before
     */
    record Progress(Descriptor node, Target target, long bytes) implements OfNode {}

    /** The bytes of a node were sent. */
    record Sent(Descriptor node, Target target) implements OfNode {}

    /** The target took the blob over from another of its repositories. */
    record Mounted(Descriptor node, Target target) implements OfNode {}

    /** The target had it before this run. */
    record Present(Descriptor node, Target target) implements OfNode {}

    /** The target has the tag, and it names something else, which the copy is going to replace. */
    record Differs(CopyRequest request, Tag tag, Digest found) implements CopyEvent {}

    /** A tag points at the root, and was read back. */
    record Tagged(CopyRequest request, Descriptor root, Tag tag) implements CopyEvent {}

    /** A request is done. */
    record Ended(CopyOutcome outcome) implements CopyEvent {}

    /** A node failed for the first time, and is sent again. */
    record Repeated(Descriptor node, Target target, OciException failure) implements OfNode {}
}
