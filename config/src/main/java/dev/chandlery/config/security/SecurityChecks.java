package dev.chandlery.config.security;

/**
 * Which proofs are looked at.
 *
 * @param verifySignatures upstream's signatures and provenance; otherwise a tool's {@code verify} counts only
 *     as far as it compares channels
 * @param verifyChecksums upstream's checksum files; digests that APIs state are compared in any case
 * @param scanVulnerabilities not yet supported
 * @param signatureVerification signatures of our own artifacts when they are read
 */
public record SecurityChecks(boolean verifySignatures, boolean verifyChecksums,
        boolean scanVulnerabilities, boolean signatureVerification) {}
