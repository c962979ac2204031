package dev.chandlery.oci.content;

import dev.chandlery.oci.ContentNotFoundException;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Identifier;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.RegistryLocation;
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

    /**
     * The manifest that the identifier names now, whole; empty when there is none. Costs one request where
     * {@link #find} and {@link #fetch} would cost two.
     */
    default Optional<ManifestDocument> findManifest(Identifier identifier) {
        return find(identifier).map(descriptor -> Manifests.fetch(this, descriptor));
    }

    /** Where it is in the network; empty for stores of this machine. */
    default Optional<RegistryLocation> location() {
        return Optional.empty();
    }

    /** How often it, or the registry that it is part of, has asked for fewer requests so far. */
    default long throttles() {
        return 0;
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
