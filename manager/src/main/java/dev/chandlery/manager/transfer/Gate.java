package dev.chandlery.manager.transfer;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.content.Source;

/** Decides whether a tool's manifest may be copied. */
@FunctionalInterface
public interface Gate {
    /** Lets everything through. */
    Gate OPEN = (_, _) -> {};

    /**
     * Looks at what a tag names.
     *
     * @param source repository that has it
     * @throws dev.chandlery.oci.OciException when it must not be copied
     */
    void require(Source source, Digest manifest);
}
