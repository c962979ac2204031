package dev.chandlery.config;

import dev.chandlery.config.SignedFileSpec.Over;
import java.util.Optional;

/** Whether a form of proof can work with where a tool's files come from. */
final class ProofChecks {
    private ProofChecks() {}

    /** What is wrong, for people; empty when they go together. */
    static Optional<String> problem(ProofSpec proof, SourceSpec source) {
        if (proof instanceof NpmProofSpec && !(source instanceof NpmSourceSpec)) {
            return Optional.of("only tools from npm are signed by an npm registry");
        }
        if (proof instanceof SecondSourceSpec second && second.source().equals(source)) {
            return Optional.of("is the first source again, which proves nothing");
        }
        return proof.signedFile().flatMap(signed -> problem(signed, source));
    }

    private static Optional<String> problem(SignedFileSpec signed, SourceSpec source) {
        if (signed.over() == Over.CHECKSUMS && !hasChecksums(source)) {
            return Optional.of("over: checksums needs a checksum file: checksum_asset of github or"
                    + " checksum_url of http");
        }
        if (source instanceof NpmSourceSpec && !signed.hasAddress()) {
            return Optional.of("an npm registry has no files beside a package; write the address"
                    + " of the signature");
        }
        return Optional.empty();
    }

    private static boolean hasChecksums(SourceSpec source) {
        return switch (source) {
            case GithubSourceSpec github -> github.checksumAsset().isPresent();
            case HttpSourceSpec http -> http.checksumUrl().isPresent();
            case MavenSourceSpec _,NpmSourceSpec _ -> false;
        };
    }
}
