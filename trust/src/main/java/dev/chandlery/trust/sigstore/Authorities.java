package dev.chandlery.trust.sigstore;

import dev.chandlery.oci.UntrustedContentException;
import dev.sigstore.encryption.certificates.Certificates;
import dev.sigstore.fulcio.client.FulcioVerificationException;
import dev.sigstore.fulcio.client.FulcioVerifier;
import dev.sigstore.trustroot.CertificateAuthority;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.PKIXParameters;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Requires that a certificate is by an authority of a trusted root. Where the root names certificate
 * transparency logs, one of them must have promised to log the certificate; roots of private instances name
 * none.
 */
final class Authorities {

    private Authorities() {}

    /** @throws UntrustedContentException when it is by none of them */
    static void require(SigstoreTrustedRoot root, SigningCertificate certificate, String what) {
        try {
            CertPath leaf = Certificates.toCertPath(certificate.x509());
            if (root.getCTLogs().isEmpty()) {
                requirePath(root, leaf, certificate);
            } else {
                FulcioVerifier.newFulcioVerifier(root).verifySigningCertificate(leaf);
            }
        } catch (FulcioVerificationException | GeneralSecurityException | IOException
                | RuntimeException e) {
            // Of the library, and of certificates that only claim to be some.
            throw new UntrustedContentException("cannot trust " + what
                    + ": its certificate is not by an authority of the trusted root: " + e
                            .getMessage());
        }
    }

    private static void requirePath(SigstoreTrustedRoot root, CertPath leaf,
            SigningCertificate certificate) throws GeneralSecurityException {
        Instant issued = certificate.x509().getNotBefore().toInstant();
        List<CertificateAuthority> candidates = CertificateAuthority.find(root.getCAs(), issued);
        GeneralSecurityException failure = new GeneralSecurityException(
                "the root names no authority of " + issued);
        for (CertificateAuthority authority : candidates) {
            try {
                PKIXParameters parameters = new PKIXParameters(Set.of(authority.asTrustAnchor()));
                parameters.setRevocationEnabled(false); // none is published
                parameters.setDate(Date.from(issued)); // whether it was valid later is asked apart
                CertPathValidator.getInstance("PKIX")
                        .validate(Certificates.append(authority
                                .getCertPath(), leaf), parameters);
                return;
            } catch (GeneralSecurityException e) {
                failure = e;
            }
        }
        throw failure;
    }
}
