package dev.chandlery.trust.sigstore;

import dev.chandlery.oci.Bytes;
import dev.chandlery.oci.MalformedContentException;
import dev.chandlery.trust.JsonDocument;
import dev.chandlery.trust.JsonLines;
import dev.sigstore.trustroot.CertificateAuthority;
import dev.sigstore.trustroot.SigstoreConfigurationException;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;

/**
 * Certificate authorities, transparency logs and time stamp authorities that the operator trusts: one {@code
 * trusted_root.json}, or several, one in each line, as {@code gh attestation trusted-root} prints them.
 * Immutable, thread-safe.
 *
 * <p><b>Spec:</b> github.com/sigstore/protobuf-specs, sigstore_trustroot.proto.
 */
public final class TrustedRoot {
    private static final int MAX_ROOTS = 16;
    private static final String PUBLIC = "public-good.trusted_root.json";

    private final List<SigstoreTrustedRoot> roots;

    private TrustedRoot(List<SigstoreTrustedRoot> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * Reads the file.
     *
     * @param what for messages, such as its name
     * @throws MalformedContentException when it is no trusted root, or names no authority
     */
    public static TrustedRoot read(Bytes json, String what) {
        List<Bytes> lines = JsonLines.split(json, what);
        if (lines.isEmpty() || lines.size() > MAX_ROOTS) {
            throw malformed(what, "expected 1 to " + MAX_ROOTS + " trusted roots, got " + lines
                    .size());
        }
        return new TrustedRoot(lines.stream().map(line -> readOne(line, what)).toList());
    }

    /**
     * Sigstore's public instance as this program was made, so that identities can be checked without a file.
     * Its authorities change every few years; what was signed by newer ones needs a newer file.
     */
    public static TrustedRoot publicGood() {
        try (InputStream in = Objects.requireNonNull(TrustedRoot.class.getResourceAsStream(
                PUBLIC))) {
            return read(Bytes.of(in.readAllBytes()), "the built-in trusted root");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<SigstoreTrustedRoot> roots() {
        return roots;
    }

    /** The library lets through failures of all it is built on. */
    private static SigstoreTrustedRoot readOne(Bytes json, String what) {
        JsonDocument.read(json, what);
        SigstoreTrustedRoot root;
        try {
            root = SigstoreTrustedRoot.from(json.openStream());
            for (CertificateAuthority authority : root.getCAs()) {
                authority.asTrustAnchor(); // fails without certificates
            }
        } catch (SigstoreConfigurationException | GeneralSecurityException
                | RuntimeException e) {
            throw new MalformedContentException("cannot read " + what
                    + ": it is no trusted_root.json: " + e.getMessage(), e);
        }
        if (root.getCAs().isEmpty()) {
            throw malformed(what, "it names no certificate authority");
        }
        return root;
    }

    private static MalformedContentException malformed(String what, String cause) {
        return new MalformedContentException("cannot read " + what + ": " + cause);
    }
}
