/**
 * How a program gets a registry without any set-up: an {@link EmbeddedRegistry} found by
 * {@code ServiceLoader}, so that programs do not import the registry itself.
 */
@NullMarked
package dev.chandlery.oci.embedded;

import org.jspecify.annotations.NullMarked;
