/**
 * Content stores of this machine: {@link dev.chandlery.oci.store.MemoryStore} and, on disk,
 * {@link dev.chandlery.oci.store.LayoutStore}. Both keep what they are given byte for byte, and take a
 * manifest only when all that it names is there.
 */
@NullMarked
package dev.chandlery.oci.store;

import org.jspecify.annotations.NullMarked;
