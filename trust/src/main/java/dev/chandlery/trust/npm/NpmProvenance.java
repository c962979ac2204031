package dev.chandlery.trust.npm;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.trust.sigstore.AttestationList;
import dev.chandlery.trust.sigstore.KeylessVerifier;
import dev.chandlery.trust.sigstore.SigstoreProof;
import dev.chandlery.trust.statement.Provenance;
import dev.chandlery.trust.statement.Statement;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Provenance of packages: what a registry answers at {@code /-/npm/v1/attestations/name@version}.
 *
 * <p><b>Spec:</b> npm documentation, "Generating provenance statements"; package-url, type npm.
 */
public final class NpmProvenance {
    /** Of failures in messages. */
    private static final int SHOWN = 3;

    private NpmProvenance() {}

    /**
     * Requires one SLSA provenance about these bytes under that name by the verifier's identity.
     *
     * @param attestations the registry's answer
     * @param tarball SHA-512
     * @param packageVersion {@code name@version}
     * @throws UntrustedContentException when there is none, with what is wrong with those there are
     * @throws MalformedContentException when the answer cannot be read
     */
    public static SigstoreProof verify(KeylessVerifier verifier, Bytes attestations, Digest tarball,
            String packageVersion) {
        Set<String> failures = new LinkedHashSet<>();
        for (Bytes bundle : AttestationList.parse(attestations, "attestations of " + packageVersion)
                .bundles()) {
            try {
                SigstoreProof proof = verifier.verify(tarball, bundle, packageVersion);
                Statement statement = proof.statement()
                        .orElseThrow(
                                () -> new UntrustedContentException("it is no statement"));
                statement.requireSubject(tarball, packageUrl(packageVersion), packageVersion);
                Provenance.of(statement, packageVersion);
                return proof;
            } catch (UntrustedContentException | MalformedContentException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        throw new UntrustedContentException("cannot trust " + packageVersion
                + ": expected SLSA provenance, got " + (failures.isEmpty()
                        ? "none"
                        : String.join("; ", failures.stream().limit(SHOWN).toList())));
    }

    /** {@code @scope/name@1.0.0} is {@code pkg:npm/%40scope/name@1.0.0}. */
    static String packageUrl(String packageVersion) {
        return "pkg:npm/" + (packageVersion.startsWith("@")
                ? "%40" + packageVersion.substring(1)
                : packageVersion);
    }
}
