/**
 * Copies graphs of content (indexes, manifests, blobs, referrers) from any {@code Source} to any
 * {@code Target}. {@link dev.chandlery.oci.copy.Copier} is where to begin; it knows no protocol, only the
 * roles of {@code dev.chandlery.oci.content}.
 */
@NullMarked
package dev.chandlery.oci.copy;

import org.jspecify.annotations.NullMarked;
