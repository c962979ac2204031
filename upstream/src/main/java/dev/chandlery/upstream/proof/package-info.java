/**
 * Proves downloads: checksum files, signatures, provenance, and agreement with a second channel, as
 * registry.yaml asks for. {@link dev.chandlery.upstream.proof.AssetVerifier} is where to start; it needs to
 * know nothing of where files come from, so the same proof is repeated from what a registry has kept.
 *
 * <p>What is not proven and what could not be proven both end in a failure: {@code
 * UntrustedContentException} or {@code ContentMismatchException} for the former, any {@code OciException} for
 * the latter.
 */
@NullMarked
package dev.chandlery.upstream.proof;

import org.jspecify.annotations.NullMarked;
