package dev.chandlery.config.proof;

import dev.chandlery.config.source.AssetTemplate;

import java.util.Optional;

/**
 * SLSA provenance in a file of the release.
 *
 * @param provenance template of the file's name
 * @param build what it must say
 * @param signer whose signature it must bear
 */
public record SlsaSpec(AssetTemplate provenance, BuildSpec build, SigstoreSpec.Signer signer)
        implements
        ProofSpec {

    @Override
    public String word() {
        return "slsa";
    }

    @Override
    public Rung rung() {
        return Rung.PROVENANCE;
    }

    @Override
    public Optional<SignedFileSpec> signedFile() {
        return Optional.of(new SignedFileSpec(provenance, SignedFileSpec.Over.ASSET));
    }
}
