package dev.chandlery.trust.sigstore;

import dev.chandlery.trust.statement.Statement;
import java.time.Instant;
import java.util.Optional;

/**
 * A good keyless signature.
 *
 * @param subject of the certificate
 * @param issuer who vouched for the subject
 * @param signedAt a time that a log, a time stamp authority or the caller vouches for
 * @param statement that was signed, where it was one
 * @param sourceRepository that the signing workflow ran for, as the authority vouches
 * @param sourceRef likewise
 */
public record SigstoreProof(String subject, String issuer, Instant signedAt,
        Optional<Statement> statement, Optional<String> sourceRepository,
        Optional<String> sourceRef) {}
