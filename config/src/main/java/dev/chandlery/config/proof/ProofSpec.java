package dev.chandlery.config.proof;

import java.util.Optional;

/** One item of a tool's {@code verify}: how its files must be proven. All items of a tool must hold. */
public sealed interface ProofSpec permits OpenPgpSpec, MinisignSpec, SigstoreSpec, SlsaSpec,
        AttestationSpec, NpmProofSpec, SecondSourceSpec {

    /** Its key in registry.yaml, such as {@code openpgp}. */
    String word();

    /** The rung of the ladder that a file reaches by it. */
    Rung rung();

    /** What is signed, for proofs that are a file beside the signed one; empty for others. */
    default Optional<SignedFileSpec> signedFile() {
        return Optional.empty();
    }
}
