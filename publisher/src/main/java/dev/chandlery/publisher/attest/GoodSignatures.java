package dev.chandlery.publisher.attest;

import dev.chandlery.cli.CommandException;
import dev.chandlery.cli.ExitCode;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Descriptor;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.ManifestDocument;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.content.Manifests;
import dev.chandlery.oci.content.Source;
import dev.chandlery.trust.key.SigningKey;
import dev.chandlery.trust.key.VerificationKey;
import dev.chandlery.trust.publication.EvidenceKind;
import dev.chandlery.trust.sign.BundleVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks for signatures by keys that are believed. One that is good is enough, whatever others attached.
 *
 * @param keys one or more
 */
public record GoodSignatures(List<VerificationKey> keys) {
    private static final int MOST_BUNDLE = 1024 * 1024;
    private static final int MOST_SIGNATURES = 100;

    public GoodSignatures {
        keys = List.copyOf(keys);
    }

    /**
     * By the key that a run signs with, and those of {@code signing.public_keys}.
     *
     * @throws CommandException when a key cannot be read
     */
    public static GoodSignatures of(ConfigSpec config, Signing signing) {
        List<VerificationKey> keys = new ArrayList<>();
        signing.key().map(SigningKey::publicKey).ifPresent(keys::add);
        for (Path file : config.signing().publicKeys()) {
            try {
                keys.add(VerificationKey.read(Bytes.of(Files.readAllBytes(file)), file.toString()));
            } catch (IOException | OciException e) {
                throw new CommandException(ExitCode.USAGE, "cannot read the key " + file
                        + " of signing.public_keys: " + e.getMessage());
            }
        }
        return new GoodSignatures(keys);
    }

    /** Whether a manifest has a good one. */
    public boolean isOn(Source repository, Digest manifest) {
        BundleVerifier verifier = new BundleVerifier(keys);
        try (Stream<Descriptor> found = repository.referrerLister()
                .map(lister -> lister.referrers(manifest, EvidenceKind.SIGNATURE.artifactType()))
                .orElse(Stream.empty())) {
            return found.limit(MOST_SIGNATURES)
                    .toList()
                    .stream()
                    .anyMatch(each -> isGood(repository, each, manifest, verifier));
        }
    }

    private static boolean isGood(Source repository, Descriptor signature,
            Digest manifest, BundleVerifier verifier) {
        try {
            ManifestDocument document = Manifests.fetch(repository, signature);
            List<Descriptor> layers = document.manifest().successors();
            Descriptor bundle = layers.getLast();
            if (bundle.size() > MOST_BUNDLE) {
                return false;
            }
            try (InputStream in = repository.fetch(bundle)) {
                verifier.verify(Bytes.of(in.readAllBytes()), manifest, "signature " + signature
                        .digest());
                return true;
            }
        } catch (OperationCancelledException e) {
            throw e;
        } catch (IOException | OciException _) {
            return false; // somebody else's, or broken: another one may be good
        }
    }
}
