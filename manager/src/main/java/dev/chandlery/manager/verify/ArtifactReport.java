package dev.chandlery.manager.verify;

import dev.chandlery.oci.Digest;
import java.util.List;

/**
 * What was found of one manifest.
 *
 * @param name such as {@code linux-x86_64}, or {@code index}
 * @param digest of the manifest
 * @param checks in the order they were run
 */
record ArtifactReport(String name, Digest digest, List<Check> checks) {

    ArtifactReport {
        checks = List.copyOf(checks);
    }

    List<Problem> problems() {
        return checks.stream().flatMap(check -> check.problem().stream()).toList();
    }
}
