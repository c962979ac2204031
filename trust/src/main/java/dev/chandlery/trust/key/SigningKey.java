package dev.chandlery.trust.key;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;

/**
 * A private key, ECDSA on P-256 or Ed25519. Signatures are deterministic: the same key and message give the
 * same bytes. Thread-safe. Never shown.
 */
public sealed interface SigningKey permits EcdsaKey, Ed25519Key {

    /** The public half. */
    VerificationKey publicKey();

    /** Signs a message: ECDSA over its SHA-256, in DER, deterministic by RFC 6979; or Ed25519. */
    Bytes sign(Bytes message);

    /**
     * Reads PKCS #8 in PEM ({@code PRIVATE KEY}), SEC 1 ({@code EC PRIVATE KEY}), or what {@code cosign
     * generate-key-pair} writes ({@code ENCRYPTED SIGSTORE PRIVATE KEY}, {@code ENCRYPTED COSIGN PRIVATE
     * KEY}).
     *
     * @param password of encrypted keys; others ignore it
     * @param what for messages, such as the name of the file
     * @throws MalformedContentException when it is no such key, or the password is wrong; the message holds
     *         nothing of the key
     */
    static SigningKey read(Bytes content, Password password, String what) {
        return PrivateKeyFile.read(content, password, what);
    }
}
