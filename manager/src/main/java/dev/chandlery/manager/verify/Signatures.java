package dev.chandlery.manager.verify;

import dev.chandlery.oci.Digest;
import dev.chandlery.oci.UntrustedContentException;
import dev.chandlery.trust.publication.EvidenceKind;
import dev.chandlery.trust.sign.SignedStatement;
import dev.chandlery.trust.statement.Statement;
import java.util.List;
import java.util.Optional;

/** Our signatures of one manifest. */
final class Signatures {
    private static final String REMEDY =
            "find out who wrote to the registry; publisher signs what it verifies anew";

    private final Verifying how;
    private final List<Attached> attached;
    private final Digest manifest;

    Signatures(Verifying how, List<Attached> attached, Digest manifest) {
        this.how = how;
        this.attached = attached;
        this.manifest = manifest;
    }

    void check(Checks checks) {
        checks.run("signature", REMEDY, () -> {
            Optional<SignedStatement> signed = find(EvidenceKind.SIGNATURE);
            return signed.isPresent() ? "by " + signed.get().key() : none();
        });
    }

    /**
     * The good one by a key that is believed; empty where there is none and none is asked for. One that only
     * claims to be by such a key is a failure.
     */
    Optional<SignedStatement> find(EvidenceKind kind) {
        boolean claimed = how.signatures().claimed(attached, kind);
        if (how.signaturesRequired() || claimed) {
            return Optional.of(how.signatures().requireAmong(attached, manifest, kind));
        }
        if (!how.canCheckSignatures() || attached.stream().noneMatch(each -> each.is(kind))) {
            return Optional.empty();
        }
        try {
            return Optional.of(how.signatures().requireAmong(attached, manifest, kind));
        } catch (UntrustedContentException _) {
            return Optional.empty(); // somebody else's
        }
    }

    /** All statements of that kind by keys that are believed. */
    List<Statement> all(EvidenceKind kind) {
        return how.signatures().allAmong(attached, manifest, kind);
    }

    private Object none() {
        long others = attached.stream().filter(each -> each.is(EvidenceKind.SIGNATURE)).count();
        if (others == 0) {
            return new Checks.Nothing("not signed");
        }
        return new Checks.Nothing(how.canCheckSignatures()
                ? others + " by keys that are not in signing.public_keys"
                : others + " there, but no key in signing.public_keys to check with");
    }
}
