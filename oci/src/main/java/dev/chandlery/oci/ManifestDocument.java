package dev.chandlery.oci;

import java.util.Objects;

/**
 * A manifest with the very bytes it came in: they are what its digest names, so they are moved as they
 * are and never written anew.
 *
 * @param descriptor type, digest and size of {@code raw}
 * @param raw the bytes
 * @param manifest the parsed view of them
 */
public record ManifestDocument(Descriptor descriptor, Bytes raw, Manifest manifest) {

    public ManifestDocument {
        Objects.requireNonNull(descriptor);
        Objects.requireNonNull(raw);
        Objects.requireNonNull(manifest);
    }
}
