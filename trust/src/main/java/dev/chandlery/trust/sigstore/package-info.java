/**
 * Keyless signatures of sigstore: bundles, cosign's older pairs of files, and GitHub's attestations; always
 * offline, against a trusted root that the caller supplies.
 */
@NullMarked
package dev.chandlery.trust.sigstore;

import org.jspecify.annotations.NullMarked;
