/**
 * Signatures of package registries that speak npm's protocol, and npm's provenance.
 */
@NullMarked
package dev.chandlery.trust.npm;

import org.jspecify.annotations.NullMarked;
