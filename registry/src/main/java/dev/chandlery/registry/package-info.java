/** The embedded OCI registry. */
@NullMarked
package dev.chandlery.registry;

import org.jspecify.annotations.NullMarked;
