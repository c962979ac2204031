package dev.chandlery.config.proof;

import java.util.List;
import java.util.Optional;

/**
 * A detached OpenPGP signature by one of the pinned keys.
 *
 * @param fingerprints of primary keys or subkeys, in upper case
 * @param keys that they are looked up in
 * @param signed what, and where the signature is
 */
public record OpenPgpSpec(List<String> fingerprints, KeySpec keys, SignedFileSpec signed)
        implements
        ProofSpec {

    public OpenPgpSpec {
        fingerprints = List.copyOf(fingerprints);
    }

    @Override
    public String word() {
        return "openpgp";
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
