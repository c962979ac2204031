package dev.chandlery.config.proof;

import java.util.List;
import java.util.Optional;

/**
 * What a tool's files must be proven by.
 *
 * @param minimum lowest rung accepted; when empty, the repository's or the one of {@code security}
 * @param rules all of which must hold, of the versions that they are for
 */
public record TrustSpec(Optional<Rung> minimum, List<ProofRule> rules) {
    /** What the rest of the configuration asks for. */
    public static final TrustSpec NONE = new TrustSpec(Optional.empty(), List.of());

    public TrustSpec {
        rules = List.copyOf(rules);
    }

    /** The proofs of all rules, whatever versions they are for. */
    public List<ProofSpec> proofs() {
        return rules.stream().map(ProofRule::proof).toList();
    }
}
