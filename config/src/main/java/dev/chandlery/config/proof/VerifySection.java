package dev.chandlery.config.proof;

import dev.chandlery.config.yaml.Key;
import dev.chandlery.config.yaml.Section;
import dev.chandlery.config.yaml.TextType;
import dev.chandlery.config.yaml.Type;
import dev.chandlery.config.yaml.Values;
import java.util.List;
import java.util.Optional;

/** One item of a tool's {@code verify}: a mapping with one form of proof, and versions that it is for. */
public final class VerifySection {
    private static final Key<ProofRule, OpenPgpSpec> OPENPGP = form("openpgp",
            SignatureSections.OPENPGP, "a detached OpenPGP signature by a pinned key",
            OpenPgpSpec.class);
    private static final Key<ProofRule, MinisignSpec> MINISIGN = form("minisign",
            SignatureSections.MINISIGN, "a minisign signature by a pinned key",
            MinisignSpec.class);
    private static final Key<ProofRule, SigstoreSpec> SIGSTORE = form("sigstore",
            SigstoreSection.SECTION, "a signature of cosign or another sigstore client",
            SigstoreSpec.class);
    private static final Key<ProofRule, SlsaSpec> SLSA = form("slsa", ProvenanceSections.SLSA,
            "SLSA provenance in a file of the release", SlsaSpec.class);
    private static final Key<ProofRule, AttestationSpec> ATTESTATION = form("attestation",
            ProvenanceSections.ATTESTATION, "an artifact attestation of GitHub",
            AttestationSpec.class);
    private static final Key<ProofRule, NpmProofSpec> NPM = form("npm", ProvenanceSections.NPM,
            "the npm registry's signature", NpmProofSpec.class);
    private static final Key<ProofRule, SecondSourceSpec> SECOND = form("second_source",
            SecondSourceSection.SECTION, "another channel that must have the same bytes",
            SecondSourceSpec.class);

    private static final Key<ProofRule, String> SINCE = Key.optional("since", TextType.plain(),
            "first version that it is asked of; default: the first of all", ProofRule::since);
    private static final Key<ProofRule, String> BEFORE = Key.optional("before", TextType.plain(),
            "version from which on it is not asked any more; default: never", ProofRule::before);

    public static final Section<ProofRule> SECTION = new Section<>(List.of(OPENPGP, MINISIGN,
            SIGSTORE,
            SLSA, ATTESTATION, NPM, SECOND, SINCE, BEFORE), VerifySection::build);

    private VerifySection() {}

    private static <T extends ProofSpec> Key<ProofRule, T> form(String name, Type<T> type,
            String meaning, Class<T> kind) {
        return Key.optional(name, type, meaning, rule -> Optional.of(rule.proof())
                .filter(kind::isInstance)
                .map(kind::cast));
    }

    private static ProofRule build(Values values) {
        List<ProofSpec> written = List.of(OPENPGP, MINISIGN, SIGSTORE, SLSA, ATTESTATION, NPM,
                SECOND)
                .stream()
                .flatMap(key -> values.find(key)
                        .<ProofSpec>map(proof -> proof)
                        .stream())
                .toList();
        if (written.size() != 1) {
            throw values.invalid("expected one form of proof in each item, found " + (written
                    .isEmpty() ? "none" : written.stream().map(ProofSpec::word).toList()));
        }
        return new ProofRule(written.getFirst(), values.find(SINCE), values.find(BEFORE));
    }
}
