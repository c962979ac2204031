/** The JSON of sigstore bundles, read without believing any of it. */
@NullMarked
package dev.chandlery.trust.bundle;

import org.jspecify.annotations.NullMarked;
