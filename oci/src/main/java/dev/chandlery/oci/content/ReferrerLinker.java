package dev.chandlery.oci.content;

import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import java.util.List;

/**
 * Makes manifests show up in the list of their subject, where a registry does not do so by itself.
 *
 * <p><b>Spec:</b> distribution-spec v1.1.1, Referrers Tag Schema.
 */
@FunctionalInterface
public interface ReferrerLinker {

    /**
     * Adds to the list of the subject what is not in it; does nothing where the registry keeps that list.
     *
     * @param referrers as lists show them, with artifact type and annotations; all are there
     */
    void link(Digest subject, List<Descriptor> referrers);
}
