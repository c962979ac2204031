package dev.chandlery.oci.content;

import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Identifier;
import java.util.Optional;

/** A store that can be read. */
public interface Source extends Fetcher {

    boolean exists(Descriptor descriptor);

    /** The descriptor of the manifest that the identifier names now, empty when there is none. */
    Optional<Descriptor> find(Identifier identifier);

    /** As {@link #find}, but an exception when there is none. */
    default Descriptor resolve(Identifier identifier) {
        return find(identifier).orElseThrow(() -> new ContentNotFoundException(
                "cannot resolve " + identifier + " in " + this + ": not found"));
    }

    /** Lists tags, where the store can. */
    default Optional<TagLister> tagLister() {
        return Optional.empty();
    }

    /** Lists what is attached to a manifest, where the store can. */
    default Optional<ReferrerLister> referrerLister() {
        return Optional.empty();
    }
}
