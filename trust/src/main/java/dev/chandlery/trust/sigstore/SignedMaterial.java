package dev.chandlery.trust.sigstore;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.trust.bundle.LogEntry;
import dev.chandlery.trust.statement.Statement;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A signature by certificate whose cryptography is good, and what is to prove its time.
 *
 * @param certificate whose key signed
 * @param logged SHA-256 that a log entry must be about: of the bytes, or of the payload
 * @param signature decoded
 * @param entries of logs
 * @param timestamps RFC 3161
 * @param statement that was signed, where it was one
 */
record SignedMaterial(SigningCertificate certificate, Digest logged, Bytes signature,
        List<LogEntry> entries, List<Bytes> timestamps, Optional<Statement> statement) {

    /**
     * Requires an authority, an identity and a time that hold against one of the roots.
     *
     * @param stated a time that the caller vouches for, instead of a log
     */
    SigstoreProof prove(TrustedRoot trusted, Identity identity, TimeEvidence stated, String what) {
        Optional<UntrustedContentException> first = Optional.empty();
        for (SigstoreTrustedRoot root : trusted.roots()) {
            try {
                return prove(root, identity, stated, what);
            } catch (UntrustedContentException e) {
                first = Optional.of(first.orElse(e));
            }
        }
        throw first.orElseThrow();
    }

    private SigstoreProof prove(SigstoreTrustedRoot root, Identity identity, TimeEvidence stated,
            String what) {
        Authorities.require(root, certificate, what);
        requireIdentity(identity, what);
        List<Instant> times = times(root, stated, what);
        if (times.isEmpty()) {
            throw new UntrustedContentException("cannot trust " + what + ": nothing proves when it"
                    + " was signed, and its certificate was valid for minutes only; expected a log"
                    + " entry's promise or a time stamp by an authority of the trusted root");
        }
        for (Instant time : times) {
            if (!certificate.isValidAt(time)) {
                throw new UntrustedContentException("cannot trust " + what + ": it was signed at "
                        + time + ", but its certificate is for " + certificate.x509()
                                .getNotBefore()
                                .toInstant() + " to " + certificate.x509()
                                        .getNotAfter()
                                        .toInstant());
            }
        }
        return new SigstoreProof(certificate.subject(), certificate.issuer(), times.getFirst(),
                statement, certificate.sourceRepository(), certificate.sourceRef());
    }

    private void requireIdentity(Identity identity, String what) {
        boolean same = identity.subject().matches(certificate.subject()) && identity.issuer()
                .matches(certificate.issuer());
        if (!same) {
            throw new UntrustedContentException("cannot trust " + what
                    + ": expected it to be signed by " + identity.subject() + " of issuer "
                    + identity.issuer() + ", got \"" + certificate.subject() + "\" of issuer \""
                    + certificate.issuer() + "\"");
        }
    }

    private List<Instant> times(SigstoreTrustedRoot root, TimeEvidence stated, String what) {
        List<Instant> times = new ArrayList<>();
        for (LogEntry entry : entries) {
            LoggedBody.parse(entry.body(), what)
                    .require(logged, signature, certificate.encoded(),
                            what);
            SigningTimes.ofEntry(root, entry, what).ifPresent(times::add);
        }
        for (Bytes timestamp : timestamps) {
            times.add(SigningTimes.ofTimestamp(root, timestamp, signature, what));
        }
        if (stated instanceof TimeEvidence.Stated(Instant at, _)) {
            times.add(at);
        } else if (entries.isEmpty() && !root.getTLogs().isEmpty()) {
            throw new UntrustedContentException("cannot trust " + what
                    + ": the trusted root names transparency logs, but it was logged in none");
        }
        return times;
    }
}
