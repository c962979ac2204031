package dev.chandlery.config.proof;

import java.util.Optional;

/**
 * A minisign signature by one of the keys.
 *
 * @param keys any of which may have signed
 * @param signed what, and where the signature is
 */
public record MinisignSpec(KeySpec keys, SignedFileSpec signed)
        implements
        ProofSpec {

    @Override
    public String word() {
        return "minisign";
    }

    @Override
    public Rung rung() {
        return Rung.SIGNATURE;
    }

    @Override
    public Optional<SignedFileSpec> signedFile() {
        return Optional.of(signed);
    }
}
