/**
 * Repeats, from the registry alone, all that made an artifact worth of trust: bytes, layout, upstream's proofs,
 * SBOM, provenance, packing, signatures and policy. {@link dev.chandlery.manager.verify.VerifyCommand} is where it
 * begins; each platform is gone through by {@link dev.chandlery.manager.verify.PlatformCheck}.
 */
@NullMarked
package dev.chandlery.manager.verify;

import org.jspecify.annotations.NullMarked;
