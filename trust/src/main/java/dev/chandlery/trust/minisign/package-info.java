/**
 * Minisign signatures, legacy and prehashed, with their trusted comment.
 */
@NullMarked
package dev.chandlery.trust.minisign;

import org.jspecify.annotations.NullMarked;
