package dev.chandlery.upstream.proof;

import dev.chandlery.config.proof.ProofRule;
import dev.chandlery.config.tool.VersionScheme;
import dev.chandlery.upstream.Version;
import dev.chandlery.upstream.release.Scheme;
import java.util.List;

/** Of which versions a rule asks its proof. */
final class ProofVersions {
    private ProofVersions() {}

    /** Whether the proof must hold; versions without an order, such as commits, are not let off. */
    static boolean asks(ProofRule rule, Version version) {
        boolean unordered = Scheme.detect(List.of(version.text())) == VersionScheme.OPAQUE;
        boolean begun = rule.since()
                .map(Version::new)
                .filter(since -> version.compareTo(since) < 0)
                .isEmpty();
        boolean ended = rule.before()
                .map(Version::new)
                .filter(before -> version.compareTo(before) >= 0)
                .isPresent();
        return unordered || (begun && !ended);
    }

    /** Why it is not asked, for the record. */
    static String reason(ProofRule rule, Version version) {
        return rule.proof().word() + " is not asked of " + version + ": by verify it is for"
                + rule.since().map(since -> " versions since " + since).orElse(" versions")
                + rule.before().map(before -> " before " + before).orElse("");
    }
}
