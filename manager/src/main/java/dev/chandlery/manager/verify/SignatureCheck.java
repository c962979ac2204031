package dev.chandlery.manager.verify;

import dev.chandlery.cli.registry.Session;
import dev.chandlery.manager.transfer.Gate;
import dev.chandlery.oci.Digest;
import dev.chandlery.oci.OciException;
import dev.chandlery.oci.OperationCancelledException;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.oci.content.Source;
import dev.chandlery.trust.key.VerificationKey;
import dev.chandlery.trust.publication.EvidenceKind;
import dev.chandlery.trust.sign.BundleVerifier;
import dev.chandlery.trust.sign.SignedStatement;
import dev.chandlery.trust.statement.Statement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a signature by a key that is believed. One that is good is enough, whatever others attached.
 *
 * @param keys that are believed
 */
public record SignatureCheck(TrustedKeys keys) {

    /**
     * Lets through what is signed, where {@code security.signature_verification} asks for that; else all.
     *
     * @throws dev.chandlery.cli.CommandException when a key cannot be read
     */
    public static Gate gate(Session session) {
        if (!session.config().security().checks().signatureVerification()) {
            return Gate.OPEN;
        }
        SignatureCheck signatures = new SignatureCheck(TrustedKeys.of(session));
        return signatures::require;
    }

    /**
     * Requires that a manifest is signed, as {@code security.signature_verification} asks for.
     *
     * @throws UntrustedContentException when no signature of it is good by a key that is believed
     */
    public void require(Source repository, Digest manifest) {
        requireAmong(Attached.to(repository, manifest), manifest, EvidenceKind.SIGNATURE);
    }

    /** The good one among what is attached. */
    SignedStatement requireAmong(List<Attached> attached, Digest subject, EvidenceKind kind) {
        BundleVerifier verifier = keys.verifier()
                .orElseThrow(() -> new UntrustedContentException("cannot verify the " + kind.label()
                        + " of " + subject + ": no key is named in signing.public_keys"));
        List<String> refused = new ArrayList<>();
        for (Attached each : attached) {
            if (each.is(kind)) {
                Optional<SignedStatement> good = check(each, subject, verifier, refused);
                if (good.isPresent()) {
                    return good.get();
                }
            }
        }
        throw new UntrustedContentException("cannot trust " + subject + ": expected a " + kind
                .label() + " by " + names() + ", got " + (refused.isEmpty()
                        ? "none"
                        : String.join("; ", refused)));
    }

    /** All good ones; none without a key. */
    List<Statement> allAmong(List<Attached> attached, Digest subject, EvidenceKind kind) {
        return keys.verifier()
                .map(verifier -> attached.stream()
                        .filter(each -> each.is(kind))
                        .flatMap(each -> check(each, subject, verifier, new ArrayList<>()).stream())
                        .map(SignedStatement::statement)
                        .toList())
                .orElse(List.of());
    }

    private static Optional<SignedStatement> check(Attached each, Digest subject,
            BundleVerifier verifier, List<String> refused) {
        try {
            SignedStatement signed = verifier.verify(each.content(), subject, "signature " + each
                    .referrer()
                    .digest());
            String predicate = each.kind().orElseThrow().predicate();
            if (signed.statement().predicateType().equals(predicate)) {
                return Optional.of(signed);
            }
            refused.add(each.referrer().digest() + " (expected a statement of " + predicate
                    + ", got " + signed.statement().predicateType() + ")");
        } catch (OperationCancelledException e) {
            throw e;
        } catch (OciException | IOException e) {
            refused.add(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /** Whether one of the signatures says that it is by a key that is believed. */
    boolean claimed(List<Attached> attached, EvidenceKind kind) {
        return attached.stream()
                .filter(each -> each.is(kind))
                .map(each -> each.annotation(
                        EvidenceKind.SIGNED_BY))
                .anyMatch(name -> keys.keys()
                        .stream()
                        .anyMatch(key -> key.toString().equals(name)));
    }

    private String names() {
        return String.join(" or ", keys.keys().stream().map(VerificationKey::toString).toList());
    }
}
