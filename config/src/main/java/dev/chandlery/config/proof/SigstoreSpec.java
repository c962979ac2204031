package dev.chandlery.config.proof;

import dev.chandlery.config.source.AssetTemplate;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A signature of cosign or another sigstore client.
 *
 * @param signer whose signature it must be
 * @param certificate template of the certificate's name, for pairs of files that cosign wrote before
 *     bundles; empty for bundles, and for plain signatures by key
 * @param bundle whether the signature file is a sigstore bundle
 * @param signed what, and where the bundle or signature is
 */
public record SigstoreSpec(Signer signer, Optional<AssetTemplate> certificate, boolean bundle,
        SignedFileSpec signed)
        implements
        ProofSpec {

    /** Whose signature it must be. */
    public sealed interface Signer permits ByKey, ByIdentity {}

    /** Of one of these keys. */
    public record ByKey(KeySpec keys)
            implements
            Signer {}

    /**
     * Of a certificate.
     *
     * @param trustedRoot file; when empty the one of {@code security.trusted_root}
     */
    public record ByIdentity(IdentitySpec identity, Optional<Path> trustedRoot)
            implements
            Signer {}

    @Override
    public String word() {
        return "sigstore";
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
