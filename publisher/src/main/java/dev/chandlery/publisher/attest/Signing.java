package dev.chandlery.publisher.attest;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.registry.SecretTexts;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.security.SigningSpec;
import dev.chandlery.config.value.SecretReference;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.OciException;
import dev.chandlery.trust.key.Password;
import dev.chandlery.trust.key.SigningKey;
import dev.chandlery.trust.sign.BundleSigner;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The key that a run signs with, if any. Immutable, thread-safe.
 *
 * @param key private; never shown
 */
public record Signing(Optional<SigningKey> key) {

    /** Signs nothing. */
    public static Signing none() {
        return new Signing(Optional.empty());
    }

    /**
     * Reads the key that registry.yaml refers to.
     *
     * @param environment of the process
     * @throws CommandException when it is not there or is no key
     */
    public static Signing of(ConfigSpec config, Map<String, String> environment) {
        SigningSpec spec = config.signing();
        if (spec.key().isEmpty()) {
            return none();
        }
        SecretReference reference = spec.key().get();
        SecretTexts secrets = new SecretTexts(environment, Objects.requireNonNull(config.file()
                .getParent()));
        try {
            Password password = spec.password()
                    .map(secrets::read)
                    .map(Password::of)
                    .orElseGet(
                            Password::none);
            return new Signing(Optional.of(SigningKey.read(Bytes.ofUtf8(secrets.read(reference)
                    + "\n"), password, "signing.key " + reference)));
        } catch (IllegalArgumentException | OciException e) {
            throw new CommandException(ExitCode.USAGE, "cannot read signing.key of " + config
                    .file() + ": " + e.getMessage(),
                    "it must be a private key in PEM; take signing.key out to publish unsigned");
        }
    }

    Optional<BundleSigner> signer() {
        return key.map(BundleSigner::new);
    }

    /** Digest of the public key; empty when nothing is signed. */
    String publicKey() {
        return key.map(own -> own.publicKey().toString()).orElse("");
    }

    /** Nothing of the key. */
    @Override
    public String toString() {
        return key.isPresent() ? "signing by " + publicKey() : "no signing";
    }
}
