package dev.chandlery.trust.openpgp;

import java.time.Instant;

/**
 * A good signature.
 *
 * @param signer primary key or subkey that made it
 * @param primary the key it belongs to
 * @param signedAt as the signature says
 */
public record OpenPgpProof(Fingerprint signer, Fingerprint primary, Instant signedAt) {}
