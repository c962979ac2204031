package dev.chandlery.registry.metadata;

import java.time.Instant;

/**
 * A key pair that signs short-lived tokens.
 *
 * @param id as tokens name it
 * @param privateKey PKCS#8, Base64
 * @param publicKey X.509, Base64
 * @param created when it was made
 */
public record SigningKey(String id, String privateKey, String publicKey, Instant created) {
    @Override
    public String toString() {
        return "signing key " + id + " of " + created;
    }
}
