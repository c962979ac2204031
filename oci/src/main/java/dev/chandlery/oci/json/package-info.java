/**
 * The wire form of manifests and image configs: tolerant in reading, as unknown fields are kept by keeping
 * the bytes; exact in writing, so that the same values give the same digest everywhere.
 */
@NullMarked
package dev.chandlery.oci.json;

import org.jspecify.annotations.NullMarked;
