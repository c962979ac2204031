package dev.chandlery.upstream.proof;

import dev.chandlery.config.proof.MinisignSpec;
import dev.chandlery.config.proof.NpmProofSpec;
import dev.chandlery.config.proof.OpenPgpSpec;
import dev.chandlery.config.proof.SignedFileSpec;
import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.trust.minisign.MinisignKey;
import dev.chandlery.trust.minisign.MinisignProof;
import dev.chandlery.trust.npm.NpmKeys;
import dev.chandlery.trust.openpgp.Cleartext;
import dev.chandlery.trust.openpgp.Fingerprint;
import dev.chandlery.trust.openpgp.OpenPgpKeys;
import dev.chandlery.trust.openpgp.OpenPgpProof;
import dev.chandlery.trust.openpgp.OpenPgpVerifier;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks signatures by keys of OpenPGP, minisign and npm registries. */
final class Signatures {
    private final InstantSource clock;

    Signatures(InstantSource clock) {
        this.clock = clock;
    }

    void openPgp(OpenPgpSpec spec, Signed signed) {
        Set<Fingerprint> pinned = spec.fingerprints()
                .stream()
                .map(Fingerprint::parse)
                .collect(
                        Collectors.toSet());
        OpenPgpKeys keys = KeyFiles.read(spec.keys())
                .stream()
                .map(file -> OpenPgpKeys.read(file
                        .content(), file.what()))
                .reduce(OpenPgpKeys::and)
                .orElseThrow();
        Signed.Subject subject = signed.subject(spec, spec.signed());
        Signed.Published file = signed.require(spec, spec.signed().signature(), subject.name());
        OpenPgpVerifier verifier = new OpenPgpVerifier(keys, pinned);
        OpenPgpProof proof = file.name().equals(subject.name())
                ? verifier.verify(cleartext(spec, signed, file), clock.instant(), subject.name())
                : verifier.verify(subject.content(), file.content(), clock.instant(), subject
                        .name());
        signed.findings()
                .note("OpenPGP: " + subject.name() + " signed by " + proof.primary()
                        + " at " + proof.signedAt());
    }

    /** A checksum file that has its signature around it; checksums are read from within that alone. */
    private static Cleartext cleartext(OpenPgpSpec spec, Signed signed, Signed.Published file) {
        return Cleartext.find(file.content(), file.name())
                .filter(_ -> spec.signed().over() == SignedFileSpec.Over.CHECKSUMS)
                .orElseThrow(() -> signed.untrusted(spec, "expected the signature of " + file.name()
                        + " in a file of its own, or a checksum file signed in clear text"));
    }

    void minisign(MinisignSpec spec, Signed signed) {
        List<MinisignKey> keys = KeyFiles.read(spec.keys())
                .stream()
                .map(file -> MinisignKey.parse(
                        file.content().utf8(), file.what()))
                .toList();
        Signed.Subject subject = signed.subject(spec, spec.signed());
        Bytes signature = signed.require(spec, spec.signed().signature(), subject.name()).content();
        MinisignProof proof = verify(keys, subject, signature, spec, signed);
        signed.findings()
                .note("minisign: " + subject.name() + " signed by " + proof.keyId()
                        + ", trusted comment \"" + proof.trustedComment() + "\"");
    }

    /** Any of the keys may have signed. */
    private static MinisignProof verify(List<MinisignKey> keys, Signed.Subject subject,
            Bytes signature, MinisignSpec spec, Signed signed) {
        List<String> failures = new ArrayList<>();
        for (MinisignKey key : keys) {
            try {
                return key.verify(subject.content(), signature, subject.name());
            } catch (UntrustedContentException e) {
                failures.add(e.getMessage());
            }
        }
        throw signed.untrusted(spec, String.join("; ", failures));
    }

    /** @param expected {@code name@version} that must be signed */
    void npm(NpmProofSpec spec, Signed signed, String expected) {
        String name = signed.candidate().name();
        NpmRecord record = signed.findings()
                .find(new ProofRequest.Registry(name))
                .map(json -> NpmRecord.parse(json, name))
                .orElseThrow(() -> signed.untrusted(spec,
                        "the registry does not have this version any more"));
        if (!record.packageVersion().equals(expected)) {
            throw signed.untrusted(spec, "expected what the registry signed of " + expected
                    + ", got what it signed of " + record.packageVersion());
        }
        if (record.signatures().isEmpty()) {
            throw signed.untrusted(spec, "the registry shows no signature of " + record
                    .packageVersion() + "; mirrors and proxies often leave signatures out: ask a"
                    + " registry that has them, or prove it otherwise");
        }
        Checksums.require(name, record.digest(), signed.candidate().hashes());
        String key = verify(spec, signed, record);
        signed.findings()
                .note("npm registry: " + record.packageVersion() + " signed by " + key);
    }

    private String verify(NpmProofSpec spec, Signed signed, NpmRecord record) {
        List<String> failures = new ArrayList<>();
        for (KeyFiles.Named file : KeyFiles.read(spec.keys())) {
            try {
                return NpmKeys.parse(file.content(), file.what())
                        .verify(record.packageVersion(),
                                record.integrity(), record.signatures(),
                                record.published()
                                        .orElseGet(
                                                clock::instant));
            } catch (UntrustedContentException e) {
                failures.add(e.getMessage());
            }
        }
        throw signed.untrusted(spec, String.join("; ", failures));
    }
}
