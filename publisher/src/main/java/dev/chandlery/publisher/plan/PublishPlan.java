package dev.chandlery.publisher.plan;

import java.util.List;
import java.util.Objects;

/**
 * All that a run is going to do.
 *
 * @param versions by tool in the order of their names, newest version first
 * @param failures tools that could not be planned
 * @param notes what a user should know, such as versions without any platform
 */
public record PublishPlan(List<VersionPlan> versions, List<Failure> failures, List<String> notes) {

    /**
     * A tool whose releases or published versions could not be read.
     *
     * @param tool its name
     * @param cause why
     */
    public record Failure(String tool, RuntimeException cause) {
        public Failure {
            Objects.requireNonNull(cause);
        }
    }

    public PublishPlan {
        versions = List.copyOf(versions);
        failures = List.copyOf(failures);
        notes = List.copyOf(notes);
    }

    /** Whether the registry is to be changed. */
    public boolean pending() {
        return versions.stream().anyMatch(VersionPlan::pending);
    }
}
