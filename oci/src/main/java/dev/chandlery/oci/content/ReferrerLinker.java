package dev.chandlery.oci.content;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import java.util.List;

/**
 * Makes manifests show up in the list of their subject, where a registry does not do so by itself.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Referrers Tag Schema.
 */
public interface ReferrerLinker {

    /**
     * Adds to the list of the subject what is not in it; does nothing where the registry keeps that list.
     *
     * @param referrers as lists show them, with artifact type and annotations; all are there
     * @return whether a list was written that other clients may overwrite, so that it must {@link #settle}
     */
    boolean link(Digest subject, List<Descriptor> referrers);

    /**
     * Makes sure at the end of a run that the list still has all that was linked, whatever other clients wrote
     * meanwhile. Blocks for a fraction of a second, counted from the last change; does nothing where none was
     * written.
     *
     * @throws dev.chandlery.oci.TransferException when others keep removing it
     */
    void settle(Digest subject);
}
