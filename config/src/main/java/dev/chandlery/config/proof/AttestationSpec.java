package dev.chandlery.config.proof;

/**
 * An attestation that GitHub's API has for the file's digest.
 *
 * @param repository {@code owner/repository} that is asked
 * @param build what it must say
 * @param signer whose certificate it must bear
 */
public record AttestationSpec(String repository, BuildSpec build, SigstoreSpec.ByIdentity signer)
        implements
        ProofSpec {

    @Override
    public String word() {
        return "attestation";
    }

    @Override
    public Rung rung() {
        return Rung.PROVENANCE;
    }
}
