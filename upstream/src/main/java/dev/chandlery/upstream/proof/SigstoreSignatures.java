package dev.chandlery.upstream.proof;

import dev.chandlery.config.proof.IdentitySpec;
import dev.chandlery.config.proof.KeySpec;
import dev.chandlery.config.proof.ProofSpec;
import dev.chandlery.config.proof.SigstoreSpec;
import dev.chandlery.config.proof.SigstoreSpec.ByIdentity;
import dev.chandlery.config.proof.SigstoreSpec.ByKey;
import dev.chandlery.config.security.SecuritySpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.trust.key.VerificationKey;
import dev.chandlery.trust.sign.BundleVerifier;
import dev.chandlery.trust.sigstore.CertificateVerifier;
import dev.chandlery.trust.sigstore.Identity;
import dev.chandlery.trust.sigstore.KeylessVerifier;
import dev.chandlery.trust.sigstore.SigstoreProof;
import dev.chandlery.trust.sigstore.TimeEvidence;
import dev.chandlery.trust.sigstore.TrustedRoot;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Checks signatures of sigstore's clients: bundles, and cosign's older pairs of files. */
final class SigstoreSignatures {
    /** Of what cosign's older pairs of files are checked against. */
    private static final int MAX_MESSAGE = 64 * 1024 * 1024;

    private final SecuritySpec security;

    SigstoreSignatures(SecuritySpec security) {
        this.security = security;
    }

    void verify(SigstoreSpec spec, Signed signed) {
        Signed.Subject subject = signed.subject(spec, spec.signed());
        Signed.Published file = signed.require(spec, spec.signed().signature(), subject.name());
        Bytes signature = file.content();
        switch (spec.signer()) {
            case ByKey by -> {
                VerificationKey key = spec.bundle()
                        ? new BundleVerifier(keys(by.keys())).verifyMessage(signature, subject
                                .content(), subject.name())
                        : plain(spec, signed, subject, signature);
                signed.findings().note("sigstore: " + subject.name() + " signed by key " + key);
            }
            case ByIdentity by -> {
                SigstoreProof proof = spec.certificate().isEmpty()
                        ? bundled(spec, signed, by, signature)
                        : pair(spec, signed, by, file);
                signed.findings().note(note(subject.name(), proof));
            }
        }
    }

    static String note(String name, SigstoreProof proof) {
        return "sigstore: " + name + " signed by " + proof.subject() + ", issuer " + proof.issuer()
                + ", at " + proof.signedAt();
    }

    /** Also in the form that cosign's {@code --bundle} had before sigstore's. */
    private SigstoreProof bundled(SigstoreSpec spec, Signed signed, ByIdentity by, Bytes bundle) {
        Signed.Subject subject = signed.subject(spec, spec.signed());
        Optional<CosignBundle> old = CosignBundle.find(bundle);
        if (old.isEmpty()) {
            return keyless(by).verify(subject.digest(), bundle, subject.name());
        }
        return new CertificateVerifier(root(by), identity(by.identity())).verify(
                message(spec, signed, subject), old.get().signature(), old.get().certificate(),
                new TimeEvidence.LogPromise(bundle));
    }

    private static VerificationKey plain(SigstoreSpec spec, Signed signed, Signed.Subject subject,
            Bytes signature) {
        KeySpec pinned = ((ByKey) spec.signer()).keys();
        Bytes decoded = decoded(spec, signed, signature);
        return keys(pinned).stream()
                .filter(key -> key.verifies(subject.content(), decoded))
                .findFirst()
                .orElseThrow(() -> signed.untrusted(spec, "the signature of " + subject.name()
                        + " is not by any of the keys " + keys(pinned)));
    }

    private SigstoreProof pair(SigstoreSpec spec, Signed signed, ByIdentity by,
            Signed.Published signature) {
        Signed.Subject subject = signed.subject(spec, spec.signed());
        Bytes certificate = signed.require(spec, spec.certificate().orElseThrow(), subject.name())
                .content();
        return new CertificateVerifier(root(by), identity(by.identity())).verify(message(spec,
                signed,
                subject), signature.content(), certificate, signed.time(signature));
    }

    KeylessVerifier keyless(ByIdentity by) {
        return new KeylessVerifier(root(by), identity(by.identity()));
    }

    /** What registry.yaml names, else the public instance as it was when this program was made. */
    private TrustedRoot root(ByIdentity by) {
        return by.trustedRoot()
                .or(security::trustedRoot)
                .map(KeyFiles::read)
                .map(file -> TrustedRoot.read(file.content(), file.what()))
                .orElseGet(TrustedRoot::publicGood);
    }

    static List<VerificationKey> keys(KeySpec spec) {
        return KeyFiles.read(spec)
                .stream()
                .map(file -> VerificationKey.read(file.content(), file
                        .what()))
                .toList();
    }

    private static Identity identity(IdentitySpec spec) {
        return spec.pattern()
                ? Identity.matching(spec.subject(), spec.issuer())
                : Identity.exact(spec.subject(), spec.issuer());
    }

    private static Bytes message(ProofSpec spec, Signed signed, Signed.Subject subject) {
        try (InputStream in = subject.content().open()) {
            byte[] bytes = in.readNBytes(MAX_MESSAGE + 1);
            if (bytes.length > MAX_MESSAGE) {
                throw signed.untrusted(spec, subject.name() + " is larger than " + MAX_MESSAGE
                        + " bytes; pin a signature over the checksum file instead");
            }
            return Bytes.of(bytes);
        } catch (IOException e) {
            throw signed.untrusted(spec, "cannot read it: " + e.getMessage());
        }
    }

    private static Bytes decoded(ProofSpec spec, Signed signed, Bytes signature) {
        try {
            return Bytes.of(Base64.getMimeDecoder().decode(signature.toArray()));
        } catch (IllegalArgumentException e) {
            throw signed.untrusted(spec, "the signature is not base64");
        }
    }
}
