package dev.chandlery.manager.verify;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.cli.registry.SecretTexts;
import dev.chandlery.cli.registry.Session;
import dev.chandlery.config.security.SigningSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.OciException;
import dev.chandlery.trust.key.Password;
import dev.chandlery.trust.key.SigningKey;
import dev.chandlery.trust.key.VerificationKey;
import dev.chandlery.trust.sign.BundleVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Keys whose signatures registry.yaml believes. The private key is only needed where nothing else is named:
 * who checks need not be able to sign.
 *
 * @param keys may be none
 */
public record TrustedKeys(List<VerificationKey> keys) {

    public TrustedKeys {
        keys = List.copyOf(keys);
    }

    /**
     * Reads them.
     *
     * @throws CommandException when a key cannot be read
     */
    public static TrustedKeys of(Session session) {
        SigningSpec signing = session.config().signing();
        List<VerificationKey> keys = new ArrayList<>();
        try {
            for (Path file : signing.publicKeys()) {
                keys.add(VerificationKey.read(Bytes.of(Files.readAllBytes(file)), file.toString()));
            }
            own(session, signing).filter(key -> !keys.contains(key)).ifPresent(keys::add);
        } catch (IOException | IllegalArgumentException | OciException e) {
            throw new CommandException(ExitCode.USAGE, "cannot read the keys of signing in "
                    + session.config().file() + ": " + e.getMessage(),
                    "signing.public_keys names PEM files of public keys");
        }
        return new TrustedKeys(keys);
    }

    private static Optional<VerificationKey> own(Session session, SigningSpec signing) {
        if (signing.key().isEmpty()) {
            return Optional.empty();
        }
        SecretTexts secrets = new SecretTexts(session.environment(), Objects.requireNonNull(session
                .config()
                .file()
                .getParent()));
        try {
            Password password = signing.password()
                    .map(secrets::read)
                    .map(Password::of)
                    .orElseGet(
                            Password::none);
            return Optional.of(SigningKey.read(Bytes.ofUtf8(secrets.read(signing.key().get())
                    + "\n"), password, "signing.key").publicKey());
        } catch (IllegalArgumentException e) {
            if (signing.publicKeys().isEmpty()) {
                throw e;
            }
            return Optional.empty(); // kept elsewhere: the public keys are enough
        }
    }

    /** Empty when no key is believed. */
    public Optional<BundleVerifier> verifier() {
        return keys.isEmpty() ? Optional.empty() : Optional.of(new BundleVerifier(keys));
    }
}
