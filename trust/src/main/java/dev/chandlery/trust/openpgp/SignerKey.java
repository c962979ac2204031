package dev.chandlery.trust.openpgp;

import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPPublicKey;

/**
 * A key that may have signed.
 *
 * @param key primary key or subkey
 * @param primary the key that it belongs to; itself for primary keys
 */
record SignerKey(PGPPublicKey key, PGPPublicKey primary) {
    private static final int MIN_VERSION = 4;
    private static final int MIN_BITS = 2048;
    /** Deprecated by the standard, but keys of that kind are about. */
    private static final int RSA_SIGN = 3;

    boolean isPrimary() {
        return key.isMasterKey();
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(key.getFingerprint());
    }

    Fingerprint primaryFingerprint() {
        return Fingerprint.of(primary.getFingerprint());
    }

    /**
     * What speaks against a signature by this key of that time; empty when nothing does.
     *
     * @param pinnedItself whether the very key is pinned, so that nobody need vouch for a subkey
     */
    Optional<String> objection(Instant signedAt, boolean pinnedItself) {
        if (key.getVersion() < MIN_VERSION || weak()) {
            return Optional.of("its key is of a kind that is too weak");
        }
        if (signedAt.isBefore(key.getCreationTime().toInstant())) {
            return Optional.of("it is older than its key");
        }
        KeyHistory own = KeyHistory.ofPrimary(primary);
        Optional<String> primaryObjection = own.objection("key", signedAt);
        if (primaryObjection.isPresent()) {
            return primaryObjection;
        }
        if (isPrimary()) {
            return own.signs() ? Optional.empty() : Optional.of("its key is not for signing");
        }
        KeyHistory sub = KeyHistory.ofSubkey(key, primary);
        if (!sub.bound() && !pinnedItself) {
            return Optional.of("its subkey is not bound to the primary key " + primaryFingerprint()
                    + ", and not pinned itself");
        }
        return sub.objection("subkey", signedAt)
                .or(() -> sub.signs()
                        ? Optional.empty()
                        : Optional.of("its subkey is not for signing"));
    }

    private boolean weak() {
        return switch (key.getAlgorithm()) {
            case PublicKeyAlgorithmTags.RSA_GENERAL, RSA_SIGN, PublicKeyAlgorithmTags.DSA -> key
                    .getBitStrength() < MIN_BITS;
            case PublicKeyAlgorithmTags.ECDSA, PublicKeyAlgorithmTags.EDDSA_LEGACY,
                    PublicKeyAlgorithmTags.Ed25519, PublicKeyAlgorithmTags.Ed448 -> false;
            default -> true;
        };
    }
}
