/**
 * Signatures of our own: sigstore bundles by key, made and checked.
 */
@NullMarked
package dev.chandlery.trust.sign;

import org.jspecify.annotations.NullMarked;
