package dev.chandlery.config.proof;

/**
 * The npm registry's signature of a version.
 *
 * @param keys of the registry, in the form of its {@code /-/npm/v1/keys}
 */
public record NpmProofSpec(KeySpec keys)
        implements
        ProofSpec {

    @Override
    public String word() {
        return "npm";
    }

    @Override
    public Rung rung() {
        return Rung.SIGNATURE;
    }
}
