package dev.chandlery.trust.minisign;

/**
 * A good signature.
 *
 * @param keyId 16 upper-case hexadecimal characters, as minisign shows it
 * @param trustedComment which the key signed too
 */
public record MinisignProof(String keyId, String trustedComment) {}
