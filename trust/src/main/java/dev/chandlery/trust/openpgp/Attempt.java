package dev.chandlery.trust.openpgp;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.IssuerFingerprint;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * One signature by one key, on its way to be believed. Not thread-safe.
 *
 * <p><b>Spec:</b> RFC 9580, sections 5.2.3 (subpackets) and 5.2.4 (computing signatures).
 *
 * @param signature that takes in the content
 * @param signer whose it may be
 * @param type that the signature must be of
 */
record Attempt(PGPSignature signature, SignerKey signer, int type) {
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);
    /** That we heed, or that say nothing about validity. */
    private static final Set<Integer> KNOWN_CRITICAL = Set.of(
            SignatureSubpacketTags.CREATION_TIME, SignatureSubpacketTags.EXPIRE_TIME,
            SignatureSubpacketTags.ISSUER_KEY_ID, SignatureSubpacketTags.ISSUER_FINGERPRINT,
            SignatureSubpacketTags.KEY_FLAGS, SignatureSubpacketTags.SIGNER_USER_ID,
            SignatureSubpacketTags.POLICY_URL);

    /** What speaks against it before the content is even read. */
    Optional<String> objection(Instant now, boolean pinnedItself) {
        return formObjection()
                .or(() -> timeObjection(now))
                .or(() -> signer.objection(signedAt(), pinnedItself))
                .or(this::begin);
    }

    Instant signedAt() {
        return signature.getCreationTime().toInstant();
    }

    /** Whether it is good, to be asked when all content was taken in. */
    boolean isGood() {
        try {
            return signature.verify();
        } catch (PGPException | RuntimeException _) {
            return false; // the library tells of broken numbers in many ways
        }
    }

    private Optional<String> formObjection() {
        if (signature.getSignatureType() != type) {
            return Optional.of("it is not over a file's " + (type == PGPSignature.BINARY_DOCUMENT
                    ? "bytes"
                    : "text") + " (type " + signature.getSignatureType() + ")");
        }
        if (!Hashes.strong(signature)) {
            return Optional.of(Hashes.name(signature) + " proves nothing any more");
        }
        PGPSignatureSubpacketVector packets = signature.getHashedSubPackets();
        if (packets == null || !packets.hasSubpacket(SignatureSubpacketTags.CREATION_TIME)) {
            return Optional.of("it does not say when it was made");
        }
        for (int tag : packets.getCriticalTags()) {
            if (!KNOWN_CRITICAL.contains(tag)) {
                return Optional.of("it asks for what is not known here (subpacket " + tag + ")");
            }
        }
        IssuerFingerprint issuer = packets.getIssuerFingerprint();
        boolean other = issuer != null && !Arrays.equals(issuer.getFingerprint(), signer.key()
                .getFingerprint());
        return other ? Optional.of("it names another key as its issuer") : Optional.empty();
    }

    private Optional<String> timeObjection(Instant now) {
        long lasts = signature.getHashedSubPackets().getSignatureExpirationTime();
        if (signedAt().isAfter(now.plus(CLOCK_SKEW))) {
            return Optional.of("it was made at " + signedAt() + ", but it is " + now);
        }
        if (lasts > 0 && now.isAfter(signedAt().plusSeconds(lasts))) {
            return Optional.of("it expired at " + signedAt().plusSeconds(lasts));
        }
        return Optional.empty();
    }

    private Optional<String> begin() {
        try {
            signature.init(new BcPGPContentVerifierBuilderProvider(), signer.key());
            return Optional.empty();
        } catch (PGPException | RuntimeException _) {
            return Optional.of("its algorithm is not known here, or not its key's");
        }
    }
}
