package dev.chandlery.config.security;

import dev.chandlery.config.value.SecretReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How what is published is signed, and whose signatures are believed.
 *
 * @param key private key: PKCS#8 in PEM, or cosign's encrypted form; empty: nothing is signed
 * @param password of an encrypted key
 * @param publicKeys PEM files of keys that are believed besides the one that belongs to {@code key}
 */
public record SigningSpec(Optional<SecretReference> key, Optional<SecretReference> password,
        List<Path> publicKeys) {

    /** Nothing is signed, nobody is believed. */
    public static final SigningSpec NONE = new SigningSpec(Optional.empty(), Optional.empty(),
            List.of());

    public SigningSpec {
        publicKeys = List.copyOf(publicKeys);
    }

    /** Whether there is a key that signatures can be checked with. */
    public boolean canVerify() {
        return key.isPresent() || !publicKeys.isEmpty();
    }
}
