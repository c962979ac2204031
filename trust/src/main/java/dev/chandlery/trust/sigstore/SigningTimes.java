package dev.chandlery.trust.sigstore;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.trust.bundle.LogEntry;
import dev.chandlery.trust.key.VerificationKey;
import dev.sigstore.rekor.client.RekorEntry;
import dev.sigstore.rekor.client.RekorVerificationException;
import dev.sigstore.rekor.client.RekorVerifier;
import dev.sigstore.timestamp.client.TimestampException;
import dev.sigstore.timestamp.client.TimestampResponse;
import dev.sigstore.timestamp.client.TimestampVerificationException;
import dev.sigstore.timestamp.client.TimestampVerifier;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import dev.sigstore.trustroot.TransparencyLog;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Times that logs and authorities of a trusted root vouch for. */
final class SigningTimes {

    private SigningTimes() {}

    /**
     * Requires that the entry is in a log of the root: by a proof and the log's signed head, or by the log's
     * promise. The time it was logged is vouched for by the promise alone.
     *
     * @throws UntrustedContentException when anything of it is not good
     */
    static Optional<Instant> ofEntry(SigstoreTrustedRoot root, LogEntry entry, String what) {
        boolean promised = entry.promise().isPresent() && entry.integratedTime() > 0;
        if (!promised && entry.proof().isEmpty()) {
            throw untrusted(what, "its log entry has neither promise nor proof");
        }
        try {
            RekorEntry rekor = new RekorView(entry);
            TransparencyLog log = TransparencyLog.find(root.getTLogs(), HexFormat.of()
                    .parseHex(
                            entry.logId()))
                    .orElseThrow(() -> untrusted(what,
                            "the trusted root names no log " + entry.logId()));
            if (promised) {
                requirePromise(rekor, entry, log, what);
            }
            if (entry.proof().isPresent()) {
                RekorVerifier.newRekorVerifier(root).verifyEntry(rekor);
            }
        } catch (UntrustedContentException e) {
            throw e;
        } catch (RekorVerificationException | GeneralSecurityException | RuntimeException e) {
            // The library also fails in other ways where an entry is not what it seems.
            throw untrusted(what, "its log entry is not good: " + e.getMessage());
        }
        return promised
                ? Optional.of(Instant.ofEpochSecond(entry.integratedTime()))
                : Optional.empty();
    }

    /**
     * The time in an RFC 3161 response over the signature.
     *
     * @throws UntrustedContentException when it is not by an authority of the root, or over something else
     */
    static Instant ofTimestamp(SigstoreTrustedRoot root, Bytes response, Bytes signature,
            String what) {
        try {
            TimestampResponse timestamp = response::toArray;
            TimestampVerifier.newTimestampVerifier(root).verify(timestamp, signature.toArray());
            return timestamp.getGenTime().toInstant();
        } catch (TimestampException | TimestampVerificationException | GeneralSecurityException
                | RuntimeException e) {
            throw untrusted(what, "its time stamp is not good: " + e.getMessage());
        }
    }

    /** The library checks promises only along with proofs, and not whether the log's key was in use. */
    private static void requirePromise(RekorEntry rekor, LogEntry entry, TransparencyLog log,
            String what) throws GeneralSecurityException {
        Instant time = Instant.ofEpochSecond(entry.integratedTime());
        if (!log.getPublicKey().getValidFor().contains(time)) {
            throw untrusted(what, "the log's key was not in use at " + time);
        }
        VerificationKey key = VerificationKey.of(log.getPublicKey().toJavaPublicKey(),
                "key of log");
        if (!key.verifies(Bytes.of(rekor.getSignableContent()), entry.promise().orElseThrow())) {
            throw untrusted(what, "its log entry's promise is not signed by the log");
        }
    }

    private static UntrustedContentException untrusted(String what, String cause) {
        return new UntrustedContentException("cannot trust " + what + ": " + cause);
    }
}
