package dev.chandlery.config;

/**
 * Which proofs are looked at.
 *
 * @param verifySignatures upstream's signatures, where it offers some that we can check
 * @param verifyChecksums upstream's checksums
 * @param scanVulnerabilities not yet supported
 * @param signatureVerification signatures of our own artifacts when they are read; not yet supported
 */
public record SecurityChecks(boolean verifySignatures, boolean verifyChecksums,
        boolean scanVulnerabilities, boolean signatureVerification) {}
