package dev.chandlery.upstream;

import dev.chandlery.config.proof.Rung;
import java.util.List;

/**
 * How far an asset was proven authentic.
 *
 * @param rung of the ladder of trust
 * @param evidence files that prove it, as upstream offers them
 * @param notes what a user should know, such as checksums that prove nothing today
 */
public record Verification(Rung rung, List<EvidenceFile> evidence, List<String> notes) {

    public Verification {
        evidence = List.copyOf(evidence);
        notes = List.copyOf(notes);
    }
}
