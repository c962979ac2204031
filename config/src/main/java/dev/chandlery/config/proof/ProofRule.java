package dev.chandlery.config.proof;

import java.util.Optional;

/**
 * A form of proof, and the versions that it is asked of: projects begin to sign, and change how they do it.
 *
 * @param proof that must hold
 * @param since first version that it is asked of; empty for all from the beginning
 * @param before version from which on it is not asked any more; empty for never
 */
public record ProofRule(ProofSpec proof, Optional<String> since, Optional<String> before) {
    private static final String VERSION = "[A-Za-z0-9][A-Za-z0-9._+-]{0,99}";

    public ProofRule {
        since.ifPresent(version -> requireVersion("since", version));
        before.ifPresent(version -> requireVersion("before", version));
    }

    /** Asked of every version. */
    public static ProofRule always(ProofSpec proof) {
        return new ProofRule(proof, Optional.empty(), Optional.empty());
    }

    /** Whether it is asked of some versions only. */
    public boolean isBounded() {
        return since.isPresent() || before.isPresent();
    }

    private static void requireVersion(String key, String version) {
        if (!version.matches(VERSION) || version.chars().noneMatch(Character::isDigit)) {
            throw new IllegalArgumentException(key
                    + ": expected a version such as \"3.0\", found \""
                    + version + "\"");
        }
    }
}
