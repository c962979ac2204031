package dev.chandlery.manager.verify;

import dev.chandlery.cli.state.WorkFolder;
import dev.chandlery.config.ConfigSpec;
import dev.chandlery.config.proof.Rung;
import dev.chandlery.config.tool.ToolSpec;
import dev.chandlery.upstream.sources.Upstreams;
import java.util.Optional;

/**
 * What all checks of a run need.
 *
 * @param config with the policy
 * @param signatures keys that are believed
 * @param work for files
 * @param upstreams to be compared with; empty when only the registry is asked
 */
record Verifying(ConfigSpec config, SignatureCheck signatures, WorkFolder work,
        Optional<Upstreams> upstreams) {

    /** Whether unsigned content is a problem. */
    boolean signaturesRequired() {
        return config.security().checks().signatureVerification();
    }

    boolean canCheckSignatures() {
        return !signatures.keys().keys().isEmpty();
    }

    Rung minimumTrust(Optional<ToolSpec> tool) {
        return tool.map(config::minimumTrust).orElse(config.security().minimumTrust());
    }
}
