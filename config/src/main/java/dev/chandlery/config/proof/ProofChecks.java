package dev.chandlery.config.proof;

import dev.chandlery.config.proof.SignedFileSpec.Over;
import dev.chandlery.config.source.GithubSourceSpec;
import dev.chandlery.config.source.HttpSourceSpec;
import dev.chandlery.config.source.MavenSourceSpec;
import dev.chandlery.config.source.NpmSourceSpec;
import dev.chandlery.config.source.SourceSpec;
import java.util.Optional;

/** Whether a form of proof can work with where a tool's files come from. */
public final class ProofChecks {
    private ProofChecks() {}

    /** What is wrong, for people; empty when they go together. */
    public static Optional<String> problem(ProofSpec proof, SourceSpec source) {
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
